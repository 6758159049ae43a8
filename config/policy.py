"""What [source.policy] may say: how gently a source is treated, and on what ground it is pulled.

In: a key and its value. Out: "" or what is wrong with it. To add a key, add it to POLICY.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    kind: type  # float takes whole numbers too
    most: float = 0
    unit: str = ""


POLICY = {
    "pause_seconds": Rule(float, 60, " 秒 (seconds)"),  # between two requests
    "permission": Rule(str),  # agreement, licence or law that it rests on
    "allow_private": Rule(bool),  # may redirect to its own host where that is inside the network
    "robots": Rule(bool),  # False: the source's owner has agreed that robots.txt does not concern us
    "detail_failure_share": Rule(float, 1),  # part of the details that may fail before the pull is given up
}
DETAIL_FAILURE_SHARE = 0.2
_WORDS = {float: "数字 (a number)", str: "加引号的文字 (a quoted string)", bool: "true 或 (or) false"}


def policy_fault(key: str, value: object) -> str:
    rule = POLICY.get(key)
    if rule is None:
        return f"不认识的键 (unknown key)，可用 (known): {', '.join(POLICY)}"
    wanted = (int, float) if rule.kind is float else (rule.kind,)
    if type(value) not in wanted:
        return f"应为{_WORDS[rule.kind]}，现为 (found) {value!r}"
    if isinstance(value, int | float) and rule.kind is float and not 0 <= value <= rule.most:
        return f"应在 (between) 0 与 (and) {rule.most:g} 之间{rule.unit}，现为 {value!r}"
    return ""
