"""Contacts end in the contact cells and in no other text."""

import pytest

from exchange.content import Contact
from ingest.normalise.contacts import MASK, mask_contacts, read_contact


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("有意请致电13812345678", "13812345678"),
        ("电话138 1234 5678", "138 1234 5678"),
        ("电话138-1234-5678（微信同号）", "138-1234-5678"),
        ("热线0769-81234567转801", "0769-81234567转801"),
        ("热线:(0751)8123456", "(0751)8123456"),
        ("咨询400-123-4567", "400-123-4567"),
        ("全角１３８１２３４５６７８", "１３８１２３４５６７８"),
        ("加微信：abc12345", "abc12345"),
        ("QQ:12345678", "12345678"),
        ("简历发hr@example.com", "hr@example.com"),
    ],
)
def test_contacts_are_taken_out_and_remembered(text, number):
    masked = mask_contacts(text)
    assert number not in masked.text
    assert MASK in masked.text
    assert any(number in phone for phone in masked.phones)


@pytest.mark.parametrize("text", ["联系人：李明，电话13812345678", "有意请联系陈小姐13812345678"])
def test_the_person_beside_a_number_goes_too(text):
    masked = mask_contacts(text).text
    assert "李明" not in masked
    assert "陈小姐" not in masked


@pytest.mark.parametrize(
    "text",
    [
        "薪资15000-22000，共10000人",
        "熟悉微信小程序开发",
        "负责微信公众号2024年运营",
        "使用QQ、微信等工具",
        "公差0.12-0.15mm",
        "18-45岁",
        "订单号202603051234567",
        "成立于2008年，注册资金10000000元",
    ],
)
def test_ordinary_numbers_and_words_stay(text):
    assert mask_contacts(text).text == text


def test_contact_cells():
    assert read_contact("陈小姐", "0769-81234567") == Contact("陈小姐", "0769-81234567")
    assert read_contact("陈小姐13812345678", "") == Contact("陈小姐", "13812345678")
    assert read_contact("—", "1.3812345678E+10") == Contact("", "13812345678")
    assert read_contact("黄经理", "13812345678.0") == Contact("黄经理", "13812345678")


def test_a_number_found_elsewhere_fills_only_an_empty_cell():
    assert read_contact("", "", ("13812345678",)).phone == "13812345678"
    assert read_contact("", "0751-8123456", ("13812345678",)).phone == "0751-8123456"
