//! RFC 8259, grammar rule by grammar rule, with the restrictions that Doorward documents.

const MAX_DEPTH: usize = 64;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Json {
    Null,
    Bool,
    Number(f64),
    String(String),
    Array(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl Json {
    pub(super) fn get(&self, name: &str) -> Option<&Json> {
        match self {
            Json::Object(members) => members.iter().find(|member| member.0 == name).map(|member| &member.1),
            _ => None,
        }
    }

    pub(super) fn string(&self) -> Option<&str> {
        if let Json::String(text) = self { Some(text) } else { None }
    }
}

/// The object that `bytes` are, or nothing.
pub(super) fn object(bytes: &[u8]) -> Option<Json> {
    let characters: Vec<char> = core::str::from_utf8(bytes).ok()?.chars().collect();
    let mut reader = Reader { characters, place: 0 };
    let value = reader.value(0)?;
    reader.space();
    (reader.place == reader.characters.len() && matches!(value, Json::Object(_))).then_some(value)
}

struct Reader {
    characters: Vec<char>,
    place: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.characters.get(self.place).copied()
    }

    fn next(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.place += 1;
        Some(character)
    }

    fn take(&mut self, expected: char) -> Option<()> {
        (self.next()? == expected).then_some(())
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(' ' | '\t' | '\n' | '\r')) {
            self.place += 1;
        }
    }

    /// A value with the white space before it, inside `depth` arrays and objects.
    fn value(&mut self, depth: usize) -> Option<Json> {
        self.space();
        match self.peek()? {
            '{' if depth < MAX_DEPTH => self.members(depth + 1),
            '[' if depth < MAX_DEPTH => self.items(depth + 1),
            '"' => self.text().map(Json::String),
            '-' | '0'..='9' => self.number(),
            'n' => self.word("null", Json::Null),
            't' => self.word("true", Json::Bool),
            'f' => self.word("false", Json::Bool),
            _ => None,
        }
    }

    fn word(&mut self, word: &str, value: Json) -> Option<Json> {
        word.chars().try_for_each(|character| self.take(character)).map(|()| value)
    }

    fn members(&mut self, depth: usize) -> Option<Json> {
        let mut members: Vec<(String, Json)> = Vec::new();
        self.take('{')?;
        self.space();
        if self.peek()? == '}' {
            self.take('}')?;
            return Some(Json::Object(members));
        }
        loop {
            self.space();
            let name = self.text()?;
            if members.iter().any(|member| member.0 == name) {
                return None;
            }
            self.space();
            self.take(':')?;
            members.push((name, self.value(depth)?));
            self.space();
            match self.next()? {
                ',' => {}
                '}' => return Some(Json::Object(members)),
                _ => return None,
            }
        }
    }

    fn items(&mut self, depth: usize) -> Option<Json> {
        let mut items = Vec::new();
        self.take('[')?;
        self.space();
        if self.peek()? == ']' {
            self.take(']')?;
            return Some(Json::Array(items));
        }
        loop {
            items.push(self.value(depth)?);
            self.space();
            match self.next()? {
                ',' => {}
                ']' => return Some(Json::Array(items)),
                _ => return None,
            }
        }
    }

    fn text(&mut self) -> Option<String> {
        let mut text = String::new();
        self.take('"')?;
        loop {
            match self.next()? {
                '"' => return Some(text),
                '\\' => text.push(self.escape()?),
                '\0'..='\u{1f}' => return None,
                character => text.push(character),
            }
        }
    }

    fn escape(&mut self) -> Option<char> {
        Some(match self.next()? {
            character @ ('"' | '\\' | '/') => character,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => match self.four_digits()? {
                high @ 0xD800..=0xDBFF => {
                    self.take('\\')?;
                    self.take('u')?;
                    let low = self.four_digits().filter(|low| (0xDC00..=0xDFFF).contains(low))?;
                    char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00))?
                }
                unit => char::from_u32(unit)?,
            },
            _ => return None,
        })
    }

    fn four_digits(&mut self) -> Option<u32> {
        (0..4).try_fold(0, |value, _| Some(value * 16 + self.next()?.to_digit(16)?))
    }

    fn number(&mut self) -> Option<Json> {
        let start = self.place;
        if self.peek() == Some('-') {
            self.place += 1;
        }
        match self.peek()? {
            '0' => self.place += 1,
            _ => self.digits()?,
        }
        if self.peek() == Some('.') {
            self.place += 1;
            self.digits()?;
        }
        if matches!(self.peek(), Some('e' | 'E')) {
            self.place += 1;
            if matches!(self.peek(), Some('+' | '-')) {
                self.place += 1;
            }
            self.digits()?;
        }
        let text: String = self.characters[start..self.place].iter().collect();
        text.parse().ok().filter(|number: &f64| number.is_finite()).map(Json::Number)
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.place;
        while matches!(self.peek(), Some('0'..='9')) {
            self.place += 1;
        }
        (self.place > start).then_some(())
    }
}
