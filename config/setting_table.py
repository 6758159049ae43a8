"""The one table of settings: name, type, default, help.

In: nothing. Out: `Settings`, whose fields are the table, and `SETTINGS`, the same as rows for help and checks.
To add a setting: add a field to `Settings`; the variable GUANSHAO_<NAME>, the key in settings.toml, its check,
`guanshao settings` and the file of `guanshao config init` follow from it.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

PREFIX = "GUANSHAO_"
TIME_ZONE = "Asia/Shanghai"  # fixed: both cities live by it, and years are counted in it
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
MEGABYTE = 1024 * 1024
EXCHANGE_ID = re.compile(r"[a-z0-9][a-z0-9-]{1,31}")


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table. `least` and `most` bound numbers; `fault` says in Chinese what is wrong with a text."""

    name: str
    type: type
    default: object
    section: str
    help: str
    least: float | None = None
    most: float | None = None
    choices: tuple[str, ...] = ()
    fault: Callable[[str], str] | None = None
    environment_only: bool = False

    @property
    def variable(self) -> str:
        return PREFIX + self.name.upper()

    @property
    def allowed(self) -> str:
        """What may be written, in Chinese: 应为 1 到 65535 的整数."""
        if self.choices:
            return "只能是 " + "、".join(self.choices)
        if self.type in {int, float}:
            kind = "整数" if self.type is int else "数"
            return f"应为 {self.least:g} 到 {self.most:.15g} 的{kind}"
        return "应为一段文字"


def _about(section: str, help: str, **rest: Any) -> dict[str, Any]:
    return {"section": section, "help": help, **rest}


def _database_fault(value: str) -> str:
    if value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://", "postgres://")):
        return ""
    return "应以 sqlite:/// 或 postgresql:// 开头"


def _search_fault(value: str) -> str:
    if value.startswith(("http://", "https://", "opensearch://")):
        return "这个版本只支持本机索引，还不能连接 OpenSearch 等搜索服务器，请去掉这项设置"
    return "这个版本只支持本机索引，请去掉这项设置"


def _exchange_fault(value: str) -> str:
    return "" if EXCHANGE_ID.fullmatch(value) else "应为 2 到 32 个小写字母、数字或 -"


def _agent_fault(value: str) -> str:
    return "" if value.isascii() and value.isprintable() else "只能用英文字母、数字和符号（写进 HTTP 头）"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Every setting in force. Made by `config.settings.load_settings`, which also fills in what depends on `data`."""

    data: Path = field(
        default=Path("var"),
        metadata=_about("存储", "存放全部数据的文件夹（数据库、索引、上传的文件）", environment_only=True),
    )
    config: Path = field(
        default=Path(),
        metadata=_about("存储", "存放可编辑配置的文件夹；不写就是数据文件夹下的 config", environment_only=True),
    )
    database_url: str = field(
        default="",
        repr=False,
        metadata=_about(
            "存储",
            "数据库地址：sqlite:///文件 或 postgresql://用户:密码@主机/库；不写就用数据文件夹里的 SQLite",
            fault=_database_fault,
        ),
    )
    search_url: str = field(
        default="",
        metadata=_about(
            "存储", "搜索引擎地址；不写就用数据文件夹里的本机索引（这个版本只支持本机索引）", fault=_search_fault
        ),
    )
    search_cache_mb: int = field(
        default=80,
        metadata=_about("存储", "每个进程为搜索保留在内存里的筛选结果和词表的上限（MB）", least=1, most=65_536),
    )

    exchange_id: str = field(
        default="guanshao",
        metadata=_about(
            "互通",
            "本平台的代号，写在每个岗位的 origin 里；互通的两个平台必须不同，开始互通后不要再改",
            fault=_exchange_fault,
        ),
    )

    host: str = field(default="127.0.0.1", metadata=_about("网站", "网站监听的地址；0.0.0.0 表示让其他电脑也能访问"))
    port: int = field(default=8000, metadata=_about("网站", "网站监听的端口", least=1, most=65535))
    web_threads: int = field(default=8, metadata=_about("网站", "网站同时处理请求的线程数", least=1, most=256))
    contact_per_minute: int = field(
        default=6, metadata=_about("网站", "同一访客每分钟最多查看多少个岗位的联系方式", least=1, most=1000)
    )
    demonstration_port: int = field(
        default=8791, metadata=_about("网站", "演示数据的两个来源网站在本机使用的端口", least=1, most=65535)
    )

    validity_days: int = field(
        default=60, metadata=_about("岗位", "没有写有效期的岗位，自发布起有效多少天", least=1, most=366)
    )
    publish_chunk: int = field(
        default=500, metadata=_about("岗位", "发布一批岗位时，每个事务写入多少条", least=1, most=5000)
    )
    close_guard_share: float = field(
        default=0.30,
        metadata=_about(
            "岗位", "一次完整抓取要结束的岗位超过这个比例（且不少于下一项）时先停下，等人确认", least=0, most=1
        ),
    )
    close_guard_minimum: int = field(
        default=10, metadata=_about("岗位", "一次完整抓取要结束的岗位少于这个数时，不停下", least=0, most=1_000_000)
    )
    shrink_guard_share: float = field(
        default=0.70,
        metadata=_about(
            "岗位", "一次完整抓取的条数低于最近几次中位数的这个比例时，要结束的岗位先停下，等人确认", least=0, most=1
        ),
    )

    upload_max_bytes: int = field(
        default=20 * MEGABYTE, metadata=_about("上传", "上传文件的最大字节数", least=1024, most=1024 * MEGABYTE)
    )
    upload_max_rows: int = field(
        default=20_000, metadata=_about("上传", "上传表格的最大行数", least=1, most=1_048_576)
    )
    upload_max_columns: int = field(default=100, metadata=_about("上传", "上传表格的最大列数", least=1, most=16_384))
    upload_per_minute: int = field(
        default=30, metadata=_about("上传", "同一接口令牌每分钟最多报送多少批", least=1, most=6000)
    )
    watch_confirm: str = field(
        default="yes",
        metadata=_about(
            "上传", "放进 inbox 文件夹的表：yes 读完就发布，no 等人在网页上确认", choices=("yes", "no")
        ),
    )

    login_attempts: int = field(
        default=5, metadata=_about("账号", "连续输错多少次密码后，暂时锁定登录", least=1, most=100)
    )
    lock_minutes: int = field(default=15, metadata=_about("账号", "锁定登录多少分钟", least=1, most=1440))
    session_hours: int = field(
        default=12, metadata=_about("账号", "登录后多少小时不操作就要重新登录", least=1, most=168)
    )
    verification_days: int = field(
        default=183, metadata=_about("账号", "报送单位每隔多少天要重新核验（半年）", least=1, most=3660)
    )
    verification_grace_days: int = field(
        default=14, metadata=_about("账号", "核验到期后宽限多少天：期内页面提醒，过后暂停报送", least=0, most=366)
    )
    token_days: int = field(
        default=365, metadata=_about("账号", "新发的接口令牌有效多少天", least=1, most=3660)
    )

    http_user_agent: str = field(
        default="guanshao-job-exchange/0.1 (operator not named)",
        metadata=_about(
            "抓取",
            "抓取来源时报的名字，请写上联系方式，例如 guanshao-job-exchange/0.1 (mailto:...)",
            fault=_agent_fault,
        ),
    )
    http_timeout: float = field(default=20.0, metadata=_about("抓取", "等待来源回答的秒数", least=0.1, most=600))
    http_pause: float = field(
        default=1.0,
        metadata=_about(
            "抓取",
            "同一网站两次请求之间至少隔多少秒（来源的 pause_seconds 和对方的 robots.txt 另有说法时从其说法）",
            least=0,
            most=60,
        ),
    )
    http_breaker_faults: int = field(
        default=5, metadata=_about("抓取", "同一网站连续失败多少次后，暂停访问", least=1, most=1000)
    )
    http_breaker_seconds: float = field(
        default=300.0,
        metadata=_about("抓取", "第一次暂停访问多少秒；再试仍失败就加倍，最多 6 小时", least=1, most=21_600),
    )
    pull_resume_hours: float = field(
        default=6.0,
        metadata=_about("抓取", "抓取中断后多少小时内再抓，从断处接着取；0 表示总是重新开始", least=0, most=168),
    )
    capture_days: int = field(
        default=1095, metadata=_about("抓取", "抓取的原始回答保留多少天（法规要求三年）", least=1, most=36_500)
    )
    worker_poll_seconds: float = field(
        default=1.0, metadata=_about("抓取", "后台进程每隔多少秒看一次有没有新批次", least=0.05, most=60)
    )

    pdf_font: str = field(
        default="",
        metadata=_about("报告", "放着中文字体文件（做 PDF 报告用）的文件夹；不写就用系统里装的中文字体"),
    )

    log_level: str = field(default="INFO", metadata=_about("日志", "日志的详细程度", choices=LOG_LEVELS))
    log_format: str = field(
        default="text", metadata=_about("日志", "日志格式：text 给人看，json 每行一个 JSON", choices=("text", "json"))
    )

    origins: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)  # name -> where it comes from

    @property
    def index_folder(self) -> Path:
        return self.data / "index"


SETTINGS: tuple[Setting, ...] = tuple(
    Setting(name=f.name, type=Path if isinstance(f.default, Path) else type(f.default), default=f.default, **f.metadata)
    for f in fields(Settings)
    if f.metadata
)
