"""How `guanshao search --explain` shows why a posting stands where it does.

In: an `Explanation`. Out: lines of text for a terminal.
"""

from collections.abc import Iterator

from search.explanations import Explanation, TermShare

_FIELDS = {"title": "岗位名称", "employer": "单位", "occupation": "职业行业", "place": "地点", "body": "描述"}
_ROLES = {"whole": "整词", "part": "部分", "synonym": "近义词"}
_STANDING = {"published": "发布", "confirmed": "确认", "complete": "完整", "openings": "人数"}
_FOUND = {
    "AllWords": "全部词",
    "AnyWords": "其中一部分词（每个词另加 1000）",
    "SimilarNames": "名称相近",
    "Everything": "没有要找的词，按发布日期排列",
}


def explanation_lines(explanation: Explanation) -> Iterator[str]:
    parts = "、".join(f"{_STANDING[name]} +{part:.3f}" for name, part in explanation.standing_parts.items())
    found = _FOUND.get(explanation.matched_by, explanation.matched_by)
    yield (
        f"得分 {explanation.score:.2f} = 文字 {explanation.words_score:.2f} × 自身 {explanation.standing:.3f}"
        f"（1、{parts}），找法：{found}"
    )
    for word in explanation.words:
        yield f"“{word.word}” {word.score:.2f}：{'；'.join(map(_term, word.terms)) or '没有'}"


def _term(term: TermShare) -> str:
    fields = "、".join(f"{_FIELDS[share.field]} {share.times} 次 {share.weight:.2f}" for share in term.fields)
    return f"{term.term}（{_ROLES[term.role]}，稀有度 {term.rarity:.2f}，权重 {term.weight:.2f}：{fields}）"
