"""The fields a record may bring, whatever its source calls them.

In: nothing. Out: `Field`, each with the Chinese word shown to clerks.
"""

from enum import StrEnum


class Field(StrEnum):
    NUMBER = "number"  # never a reference
    REFERENCE = "reference"  # the source's own id of the posting
    PLATFORM_ID = "platform_id"  # the id we gave it
    TITLE = "title"
    EMPLOYER = "employer"
    USCC = "uscc"
    DIVISION = "division"  # workplace as written
    ADDRESS = "address"  # further address of the workplace
    SALARY = "salary"
    SALARY_MIN = "salary_min"
    SALARY_MAX = "salary_max"
    OPENINGS = "openings"
    EDUCATION = "education"
    EXPERIENCE = "experience"
    AGE = "age"
    AGE_MIN = "age_min"
    AGE_MAX = "age_max"
    SEX = "sex"
    DUTIES = "duties"
    REQUIREMENTS = "requirements"
    BENEFITS = "benefits"
    CONTACT = "contact"
    PHONE = "phone"
    INDUSTRY = "industry"
    EMPLOYER_KIND = "employer_kind"
    EMPLOYMENT_TYPE = "employment_type"
    VALIDITY = "validity"
    PUBLISHED = "published"
    REMARKS = "remarks"
    URL = "url"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Field.NUMBER: "序号",
    Field.REFERENCE: "来源编号",
    Field.PLATFORM_ID: "平台编号",
    Field.TITLE: "岗位名称",
    Field.EMPLOYER: "单位名称",
    Field.USCC: "统一社会信用代码",
    Field.DIVISION: "工作地点",
    Field.ADDRESS: "详细地址",
    Field.SALARY: "薪资待遇",
    Field.SALARY_MIN: "最低薪资",
    Field.SALARY_MAX: "最高薪资",
    Field.OPENINGS: "招聘人数",
    Field.EDUCATION: "学历要求",
    Field.EXPERIENCE: "工作经验",
    Field.AGE: "年龄要求",
    Field.AGE_MIN: "最低年龄",
    Field.AGE_MAX: "最高年龄",
    Field.SEX: "性别要求",
    Field.DUTIES: "岗位职责",
    Field.REQUIREMENTS: "任职要求",
    Field.BENEFITS: "福利待遇",
    Field.CONTACT: "联系人",
    Field.PHONE: "联系电话",
    Field.INDUSTRY: "所属行业",
    Field.EMPLOYER_KIND: "单位性质",
    Field.EMPLOYMENT_TYPE: "用工形式",
    Field.VALIDITY: "有效期",
    Field.PUBLISHED: "发布日期",
    Field.REMARKS: "备注",
    Field.URL: "原文链接",
}
