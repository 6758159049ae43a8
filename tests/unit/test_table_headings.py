"""Headings have many names: one table of what each means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.packaged import read_vocabulary_toml
from ingest.fields import Field
from ingest.table.headings import SEAT, UNUSED, fold, is_listed, own_mapping, understand

SEEN = {
    Field.TITLE: "岗位名称|职位名称|招聘岗位|招聘工种|岗位|工种|职位|jobName|aca112|岗位名称（必填）|*岗位名称",
    Field.EMPLOYER: "企业名称|单位名称|用人单位|公司名称|公司|aab004|companyName|企业名称（全称）|单位（企业）名称",
    Field.DIVISION: "工作地点|城市|地区|上班地点|acb202|所在镇街|location|area|work_position|镇街（园区）",
    Field.ADDRESS: "工作地址|地址|详细地址|address",
    Field.SALARY: "薪资|薪酬|薪资待遇|薪资待遇(元/月)|月薪|工资|待遇|薪水|salary|工资待遇（元／月）|薪资\n（元）",
    Field.SALARY_MIN: "最低薪资|salary_min|月薪最低（元）",
    Field.SALARY_MAX: "最高薪资|salaryMax|工资上限",
    Field.OPENINGS: "招聘人数|招募人数|需求人数|人数|用工需求|acb240|demand_number|招聘人数（人）|拟招聘人数",
    Field.EDUCATION: "学历|学历要求|文化程度|degree|education_degree|最低学历要求",
    Field.EXPERIENCE: "经验|工作年限|工作经验|acc217|workYear",
    Field.AGE: "年龄|年龄要求",
    Field.AGE_MIN: "acb221",
    Field.AGE_MAX: "acb222",
    Field.SEX: "性别|性别要求",
    Field.DUTIES: "岗位职责|工作内容|职位描述|岗位描述|岗位详情|工作简介|acb22a|job_description",
    Field.REQUIREMENTS: "岗位要求|任职要求|技能要求|其他要求|aca111|备注要求|requirements",
    Field.BENEFITS: "福利|福利待遇|食宿情况|welfare",
    Field.CONTACT: "联系人|aae004|联系人姓名",
    Field.PHONE: "联系电话|联系方式|电话|aae005",
    Field.INDUSTRY: "行业|所属行业",
    Field.EMPLOYER_KIND: "企业性质|企业类型",
    Field.EMPLOYMENT_TYPE: "用工形式|用工类型|工作性质|acb239",
    Field.VALIDITY: "有效期|截止日期|aae398|有效期至",
    Field.PUBLISHED: "发布日期|更新日期|aae397",
    Field.REMARKS: "备注",
    Field.NUMBER: "序号|编号|No.|NO",
    Field.USCC: "统一社会信用代码",
    Field.PLATFORM_ID: "平台编号",
}


@pytest.mark.parametrize(("target", "heading"), [(f, h) for f, names in SEEN.items() for h in names.split("|")])
def test_a_heading_is_understood(target: Field, heading: str) -> None:
    assert understand(heading).field is target


@pytest.mark.parametrize("heading", ["星座", "", "普工", "东莞市长安晨曜电子厂", "4500-6000", "x" * 500])
def test_other_words_are_no_headings(heading: str) -> None:
    assert understand(heading).field is None
    assert not is_listed(heading)


def test_every_field_can_be_brought_by_a_heading() -> None:
    assert set(read_vocabulary_toml("headings.toml")) == {*Field, SEAT, UNUSED}


def test_no_name_is_listed_for_two_fields() -> None:
    homes: dict[str, str] = {}
    for section, entry in read_vocabulary_toml("headings.toml").items():
        for name in {fold(written) for written in entry["headings"] if "（" not in written}:
            assert homes.setdefault(name, section) == section, f"{name} is listed under {homes[name]} and {section}"


def test_a_sources_own_mapping_comes_first() -> None:
    mapping = own_mapping({"岗位": Field.REMARKS, "Firma": Field.EMPLOYER})
    assert understand("岗位", mapping).field is Field.REMARKS
    assert understand(" FIRMA ", mapping).field is Field.EMPLOYER


@given(st.text(max_size=60))
def test_any_heading_has_some_meaning(heading: str) -> None:
    assert understand(heading).how in {"exact", "fragment", "seat", "unused", "unknown"}
