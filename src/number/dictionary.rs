//! The units and magnitudes that every briefing knows, as data.

/// The base of shares: a hundredth is one percent.
pub(super) const SHARE: &str = "share";
/// The base of differences between shares, which are no shares themselves.
pub(super) const POINT: &str = "percentage point";
const LENGTH: &str = "length";
const MASS: &str = "mass";
const AREA: &str = "area";
const VOLUME: &str = "volume";
const ENERGY: &str = "energy";
const POWER: &str = "power";
const VOLTAGE: &str = "voltage";
/// The base of times that last.
const TIME: &str = "time";
const DAY: f64 = 86_400.0;
/// A mean year of the calendar; a month is a twelfth of it, so that twelve months are a year.
const YEAR: f64 = 365.2425 * DAY;

/// A unit: what it measures, how much of the base it is, and its names, the first of which is shown.
pub(super) type Known = (&'static str, f64, &'static [&'static str]);

/// The units. Two currencies are two bases: no rate is known here.
pub(super) const UNITS: &[Known] = &[
    (SHARE, 0.01, &["%", "％", "percent", "per cent", "pct"]),
    (SHARE, 0.001, &["‰", "per mille", "per mil"]),
    (POINT, 0.01, &["percentage points", "percentage point", "points", "point", "pp", "pps", "ppt", "% points", "% point", "百分点"]),
    (POINT, 0.0001, &["basis points", "basis point", "bp", "bps", "个基点", "基点"]),
    (LENGTH, 1e-9, &["nm", "nanometre", "nanometres", "nanometer", "nanometers", "纳米"]),
    (LENGTH, 1e-6, &["μm", "µm", "micrometre", "micrometres", "micrometer", "micrometers", "micron", "microns", "微米"]),
    (LENGTH, 0.001, &["mm", "millimetre", "millimetres", "millimeter", "millimeters", "毫米"]),
    (LENGTH, 0.01, &["cm", "centimetre", "centimetres", "centimeter", "centimeters", "厘米"]),
    (LENGTH, 1.0, &["m", "metre", "metres", "meter", "meters", "米"]),
    (LENGTH, 1000.0, &["km", "kilometre", "kilometres", "kilometer", "kilometers", "公里", "千米"]),
    (LENGTH, 1609.344, &["mile", "miles", "英里"]),
    (LENGTH, 0.3048, &["foot", "feet", "ft"]),
    (LENGTH, 0.0254, &["inch", "inches"]),
    (MASS, 1e-6, &["mg", "milligram", "milligrams", "毫克"]),
    (MASS, 0.001, &["g", "gram", "grams", "gramme", "grammes", "克"]),
    (MASS, 0.5, &["jin", "斤"]),
    (MASS, 1.0, &["kg", "kilogram", "kilograms", "kilo", "kilos", "公斤", "千克"]),
    (MASS, 1000.0, &["t", "tonne", "tonnes", "ton", "tons", "metric ton", "metric tons", "metric tonnes", "吨"]),
    (MASS, 1e6, &["kt", "kilotonne", "kilotonnes"]),
    (MASS, 1e9, &["Mt", "megatonne", "megatonnes"]),
    (MASS, 1e12, &["Gt", "gigatonne", "gigatonnes"]),
    (AREA, 1.0, &["m2", "m²", "㎡", "square metre", "square metres", "square meter", "square meters", "sq m", "sqm", "平方米"]),
    (AREA, 2000.0 / 3.0, &["mu", "亩"]),
    (AREA, 4_046.856_422_4, &["acre", "acres", "英亩"]),
    (AREA, 10_000.0, &["ha", "hectare", "hectares", "公顷"]),
    (
        AREA,
        1e6,
        &["km2", "km²", "square kilometre", "square kilometres", "square kilometer", "square kilometers", "sq km", "平方公里", "平方千米"],
    ),
    (VOLUME, 0.001, &["l", "L", "litre", "litres", "liter", "liters", "升"]),
    (VOLUME, 0.158_987_294_928, &["barrel", "barrels", "bbl", "桶"]),
    (VOLUME, 1.0, &["m3", "m³", "cubic metre", "cubic metres", "cubic meter", "cubic meters", "立方米"]),
    (ENERGY, 1.0, &["J", "joule", "joules"]),
    (ENERGY, 1000.0, &["kJ", "kilojoule", "kilojoules"]),
    (ENERGY, 1e6, &["MJ", "megajoule", "megajoules"]),
    (ENERGY, 1e9, &["GJ", "gigajoule", "gigajoules"]),
    (ENERGY, 3600.0, &["Wh", "watt hour", "watt hours"]),
    (ENERGY, 3.6e6, &["kWh", "kilowatt hour", "kilowatt hours", "千瓦时", "度电"]),
    (ENERGY, 3.6e9, &["MWh", "megawatt hour", "megawatt hours", "兆瓦时"]),
    (ENERGY, 3.6e12, &["GWh", "gigawatt hour", "gigawatt hours", "吉瓦时"]),
    (ENERGY, 3.6e15, &["TWh", "terawatt hour", "terawatt hours"]),
    (POWER, 1.0, &["W", "watt", "watts", "瓦"]),
    (POWER, 1000.0, &["kW", "kilowatt", "kilowatts", "千瓦"]),
    (POWER, 1e6, &["MW", "megawatt", "megawatts", "兆瓦"]),
    (POWER, 1e9, &["GW", "gigawatt", "gigawatts", "吉瓦"]),
    (POWER, 1e12, &["TW", "terawatt", "terawatts"]),
    (VOLTAGE, 1.0, &["V", "volt", "volts", "伏"]),
    (VOLTAGE, 1000.0, &["kV", "kilovolt", "kilovolts", "千伏"]),
    (TIME, 1.0, &["second", "seconds", "sec", "secs", "秒"]),
    (TIME, 60.0, &["minute", "minutes", "min", "mins", "分钟"]),
    (TIME, 3600.0, &["hour", "hours", "h", "hr", "hrs", "小时"]),
    (TIME, DAY, &["day", "days", "天"]),
    (TIME, 7.0 * DAY, &["week", "weeks", "周"]),
    (TIME, YEAR / 12.0, &["month", "months", "个月"]),
    (TIME, YEAR, &["year", "years", "yr", "yrs", "年"]),
    (TIME, 10.0 * YEAR, &["decade", "decades"]),
    (TIME, 100.0 * YEAR, &["century", "centuries", "世纪"]),
    ("yuan", 1.0, &["yuan", "RMB", "CNY", "¥", "￥", "renminbi", "人民币", "元"]),
    ("US dollar", 1.0, &["US dollar", "US dollars", "dollars", "dollar", "USD", "$", "US$", "美元"]),
    ("euro", 1.0, &["euro", "euros", "EUR", "€", "欧元"]),
    ("pound sterling", 1.0, &["pound sterling", "pounds sterling", "GBP", "£", "英镑"]),
    ("yen", 1.0, &["yen", "JPY", "日元"]),
    ("Hong Kong dollar", 1.0, &["Hong Kong dollar", "Hong Kong dollars", "HK dollars", "HKD", "HK$", "港元"]),
];

/// What stands before an amount of money, longer before shorter; each is also a name in [`UNITS`].
pub(super) const BEFORE_MONEY: &[&str] = &["HK$", "US$", "RMB", "CNY", "USD", "EUR", "GBP", "JPY", "HKD", "$", "¥", "￥", "€", "£"];

/// Words that multiply the number before them.
pub(super) const MAGNITUDES: &[(&str, f64)] = &[
    ("hundred", 100.0),
    ("dozen", 12.0),
    ("thousand", 1e3),
    ("million", 1e6),
    ("billion", 1e9),
    ("trillion", 1e12),
    ("mn", 1e6),
    ("mln", 1e6),
    ("bn", 1e9),
    ("tn", 1e12),
    ("trn", 1e12),
];

/// Letters that multiply only where the number is money: elsewhere `m` is a metre and `t` a tonne.
pub(super) const MONEY_LETTERS: &[(&str, f64)] = &[("k", 1e3), ("m", 1e6), ("M", 1e6), ("b", 1e9), ("B", 1e9), ("t", 1e12), ("T", 1e12)];

/// Chinese characters that multiply; several in a row multiply each other.
pub(super) const HAN_MAGNITUDES: &[(char, f64)] = &[('百', 100.0), ('千', 1e3), ('万', 1e4), ('萬', 1e4), ('亿', 1e8), ('億', 1e8)];
