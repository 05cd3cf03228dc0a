//! Values written out: from the text of a token to what it stands for.
//!
//! In: a token and its text. Out: a [`Literal`], or in plain words why there is none. Never: a value that wraps around.

use std::net::IpAddr;

use super::ast::{Literal, Network};
use super::token::Token;

/// The value that `text` stands for.
pub fn read(token: Token, text: &str) -> Result<Literal, String> {
    match token {
        Token::True => Ok(Literal::Bool(true)),
        Token::False => Ok(Literal::Bool(false)),
        Token::Unknown => Ok(Literal::Unknown),
        Token::Text | Token::UnclosedText => Ok(Literal::Text),
        Token::Int => int(text).map(Literal::Int),
        Token::Decimal => decimal(text).map(Literal::Decimal),
        Token::Percent => {
            decimal(text.trim_end_matches('%')).map(|percent| Literal::Percent(percent / 100.0))
        }
        Token::Duration => duration(text),
        Token::Date => date(text),
        Token::Money => money(text),
        Token::Size => size(text),
        Token::Network => network(text).map(Literal::Network),
        Token::Ports => ports(text),
        // Reported by the lexer; a zero keeps the entry alive.
        _ => Ok(Literal::Unknown),
    }
}

fn digits(text: &str) -> String {
    text.chars().filter(|character| *character != '_').collect()
}

fn int(text: &str) -> Result<i64, String> {
    digits(text).parse().map_err(|_| format!("`{text}` is larger than any number the language holds"))
}

fn decimal(text: &str) -> Result<f64, String> {
    digits(text).parse().map_err(|_| format!("`{text}` is not a number"))
}

fn duration(text: &str) -> Result<Literal, String> {
    let (number, unit) = text.split_at(text.len() - 1);
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        "w" => 7 * 86_400,
        _ => 365 * 86_400,
    };
    int(number)?
        .checked_mul(seconds)
        .map(Literal::Duration)
        .ok_or_else(|| format!("`{text}` is longer than any time the language holds"))
}

fn date(text: &str) -> Result<Literal, String> {
    let mut parts = text.split('-').map(|part| part.parse::<i32>().unwrap_or(0));
    let mut part = || parts.next().unwrap_or(0);
    let (year, month, day) = (part(), part(), part());
    days_since_1970(year, month, day)
        .map(Literal::Date)
        .ok_or_else(|| format!("`{text}` is no day of the calendar"))
}

/// Days from 1970-01-01 to a day of the Gregorian calendar; `None` where there is no such day.
///
/// The arithmetic counts from March, so that the leap day is the last of its year.
pub fn days_since_1970(year: i32, month: i32, day: i32) -> Option<i32> {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    let length = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    if !(1..=length).contains(&day) {
        return None;
    }
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let era_days = 365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    Some(era_days + (153 * month + 2) / 5 + day - 1 - 719_468)
}

/// The day that [`days_since_1970`] counted, as `2026-11-23`.
pub fn date_text(days: i32) -> String {
    let shifted = i64::from(days) + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let (month, next_year) = if shifted_month < 10 { (shifted_month + 3, 0) } else { (shifted_month - 9, 1) };
    format!("{:04}-{month:02}-{day:02}", year_of_era + era * 400 + next_year)
}

fn money(text: &str) -> Result<Literal, String> {
    let too_much = || format!("`{text}` is more money than the language holds");
    let (currency, amount) = text.split_at(3);
    let amount = digits(amount.trim());
    let (whole, part) = amount.split_once('.').unwrap_or((&amount, ""));
    if part.len() > 2 {
        return Err(format!("`{text}` has parts smaller than a hundredth"));
    }
    let hundredths: i64 = format!("{part:0<2}").parse().unwrap_or(0);
    let whole: i64 = whole.parse().map_err(|_| too_much())?;
    let cents =
        whole.checked_mul(100).and_then(|cents| cents.checked_add(hundredths)).ok_or_else(too_much)?;
    let mut code = [b'X'; 3];
    for (letter, byte) in code.iter_mut().zip(currency.bytes()) {
        *letter = byte;
    }
    Ok(Literal::Money { currency: code, cents })
}

fn size(text: &str) -> Result<Literal, String> {
    let at = text.find(|character: char| character.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(at);
    let base: f64 = if unit.contains('i') { 1024.0 } else { 1000.0 };
    let power = match unit.chars().next() {
        Some('K') => 1,
        Some('M') => 2,
        Some('G') => 3,
        Some('T') => 4,
        _ => 0,
    };
    let bytes = decimal(number)? * base.powi(power);
    if bytes > 9e18 {
        return Err(format!("`{text}` is larger than any size the language holds"));
    }
    Ok(Literal::Size(bytes as u64))
}

/// An address range: `10.0.0.0/16`, `fd00::/8`, one address `10.0.0.1`.
pub fn network(text: &str) -> Result<Network, String> {
    let (address, prefix) = match text.split_once('/') {
        Some((address, prefix)) => (address, Some(prefix)),
        None => (text, None),
    };
    let address: IpAddr = address.parse().map_err(|_| format!("`{text}` is not an address range"))?;
    let longest = if address.is_ipv4() { 32 } else { 128 };
    let prefix: u8 = match prefix {
        None => longest,
        Some(prefix) => match prefix.parse() {
            Ok(prefix) if prefix <= longest => prefix,
            _ => return Err(format!("the part after `/` in `{text}` is at most {longest}")),
        },
    };
    Ok(Network { address: masked(address, prefix), prefix })
}

fn masked(address: IpAddr, prefix: u8) -> IpAddr {
    match address {
        IpAddr::V4(v4) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0);
            IpAddr::V4((u32::from(v4) & mask).into())
        }
        IpAddr::V6(v6) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(prefix)).unwrap_or(0);
            IpAddr::V6((u128::from(v6) & mask).into())
        }
    }
}

fn ports(text: &str) -> Result<Literal, String> {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    match (first.parse::<u16>(), last.parse::<u16>()) {
        (Ok(first), Ok(last)) if first <= last => Ok(Literal::Ports(first, last)),
        (Ok(_), Ok(_)) => Err(format!("`{text}` ends before it begins")),
        _ => Err(format!("ports go from 0 to 65535, `{text}` does not")),
    }
}

/// `8000..9000` for `9000..8000`; nothing for what is wrong in another way.
pub fn turned_around(text: &str) -> Option<String> {
    let (first, last) = text.split_once("..")?;
    let turned = format!("{last}..{first}");
    ports(&turned).is_ok().then_some(turned)
}
