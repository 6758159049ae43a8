"""A workplace as written becomes a town of Dongguan, a county of Shaoguan, a city, or is refused as elsewhere."""

import pytest

from config.divisions import find_division, workplaces
from config.words import City
from ingest.normalise.places import read_place

OURS = [
    ("东莞·长安镇", "441900119"),
    ("东莞长安", "441900119"),
    ("长安", "441900119"),
    ("广东省东莞市长安镇工业区3号", "441900119"),
    ("东莞市\n长安镇", "441900119"),
    ("东莞东莞市虎门镇", "441900121"),
    ("东莞市南城区", "441900004"),
    ("南城区", "441900004"),
    ("东莞市城区南城", "441900004"),
    ("莞城", "441900006"),
    ("松山湖区", "441900401"),
    ("松山湖高新区", "441900401"),
    ("东莞市（松山湖）", "441900401"),
    ("东莞/长安镇", "441900119"),
    ("道滘", "441900124"),
    ("高埗镇", "441900129"),
    ("桥头工业区", "441900107"),
    ("东莞乌沙", "441900119"),
    ("东莞市虎门港", "441900402"),
    ("东莞", "441900"),
    ("Dongguan", "441900"),
    ("广东东莞", "441900"),
    ("东莞市中山路12号", "441900"),
    ("茶山镇京山村深圳路8号", "441900103"),
    ("韶关浈江", "440204"),
    ("翁源", "440229"),
    ("翁源县官渡镇", "440229"),
    ("广东省韶关市始兴县产业园", "440222"),
    ("乳源", "440232"),
    ("乳源瑶族自治县", "440232"),
    ("韶关乳源洛阳镇", "440232"),
    ("坪石镇", "440281"),
    ("韶关马坝", "440205"),
    ("韶关市太平镇", "440222"),
    ("新丰县沙田镇", "440233"),
    ("韶关沙田镇", "440233"),
    ("大桥镇", "440200"),
    ("韶关市大桥镇", "440200"),
    ("仁化县大桥镇", "440224"),
    ("黄坑镇", "440200"),
    ("南雄黄坑镇", "440282"),
    ("莞韶城", "440200"),
    ("东莞大岭山（南雄）产业转移工业园", "440282"),
    ("丹霞山", "440224"),
    ("韶关市", "440200"),
    ("东莞/深圳", "441900"),
    ("深圳/东莞", "441900"),
    ("深圳市宝安区、东莞市长安镇", "441900119"),
    ("韶关市武江区、浈江区", "440203"),
    ("440229", "440229"),
    ("441900119000", "441900119"),
    ("440229109", "440229"),
]
ELSEWHERE = [
    *(
        "广州市天河区",
        "深圳市宝安区",
        "深圳·宝安区",
        "湖南省郴州市",
        "昆明·西山区",
        "上海",
        "北京市东城区",
        "西安市长安区",
    ),
    *(
        "深圳市龙岗区横沥",
        "惠州市博罗县",
        "广州市南沙区横沥镇",
        "天河区",
        "江苏昆山",
        "深圳市光明区（靠近东莞黄江）",
        "瑞丽市",
        "桂东县",
        "440100",
        "越南",
    ),
]
NOWHERE = ["工业园3号", "长安路12号", "本公司", "厂区", "沃尔玛超市", "全国", "远程办公", "市区", "新丰路"]


@pytest.mark.parametrize(("text", "code"), OURS)
def test_places_of_the_two_cities(text, code):
    assert read_place(text).code == code


@pytest.mark.parametrize("text", ELSEWHERE)
def test_places_elsewhere_name_the_words(text):
    reading = read_place(text)
    assert reading.code == ""
    assert reading.outside in text


@pytest.mark.parametrize("text", NOWHERE)
def test_words_that_are_no_place(text):
    assert read_place(text) == read_place("")


@pytest.mark.parametrize(
    ("city", "code"), [(City.DONGGUAN, "441900123"), (City.SHAOGUAN, "440233"), (None, "441900123")]
)
def test_a_name_that_exists_in_both_cities_follows_the_batch(city, code):
    assert read_place("沙田镇", city).code == code


@pytest.mark.parametrize("workplace", workplaces(), ids=lambda division: division.code)
def test_every_workplace_is_read_by_its_full_its_short_and_its_city_name(workplace):
    city = "东莞" if workplace.city is City.DONGGUAN else "韶关"
    assert read_place(f"{city}{workplace.name.removeprefix(city)}").code == workplace.code
    assert read_place(workplace.name, workplace.city).code == workplace.code
    assert read_place(workplace.short_name, workplace.city).code == workplace.code
    assert find_division(workplace.code) == workplace
