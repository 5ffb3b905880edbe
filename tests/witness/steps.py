"""What the tours of the classic SDK share: the list of steps, and short forms of entities."""

STEPS = []


def step(function):
    STEPS.append(function)
    return function


def brief(entity):
    return {"id": entity.id, "name": entity.name, "type": entity.get_properties()["_type"]}


def fields(entity, *names):
    found = {}
    for name in names:
        value = getattr(entity, name, "(absent)")
        found[name] = value.isoformat() if hasattr(value, "isoformat") else value
    return found
