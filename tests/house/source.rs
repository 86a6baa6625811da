//! What the house rules want to know about a source file, read from its tokens: comments, strings and raw strings never look
//! like code, and the bodies of macros are read like everything else.
//!
//! Not seen: modules moved by `#[path]`, and paths that a procedural macro makes up.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};

/// Lines count from 1.
#[derive(Default)]
pub struct Source {
    pub path: String,
    /// Where the file stands in the crate: `src/mrz/td3.rs` is `["mrz", "td3"]`, the roots are `[]`.
    pub module: Vec<String>,
    /// Paths into this crate, made absolute, with their lines.
    pub imports: Vec<(usize, Vec<String>)>,
    pub unsafes: Vec<usize>,
    /// Files that a test-only `mod name;` declares, without `.rs`.
    pub test_modules: Vec<String>,
    /// From here on without test code. What panics on purpose.
    pub panics: Vec<(usize, String)>,
    /// Line, name and length of every function.
    pub functions: Vec<(usize, String, usize)>,
    /// Lines with code on them, and lines of documentation.
    pub code: BTreeSet<usize>,
    pub docs: BTreeSet<usize>,
}

/// Where the walk is: the module, inline ones included, and whether its code is compiled for tests only.
#[derive(Clone, Copy)]
struct Scope<'a> {
    module: &'a [String],
    test: bool,
}

impl Source {
    pub fn read(path: &str, text: &str) -> Result<Self, String> {
        let tokens: TokenStream = text.parse().map_err(|error| format!("{path}: {error}"))?;
        let module = module_of(path);
        let mut source = Source { path: path.to_owned(), module: module.clone(), ..Source::default() };
        let scope = Scope { module: &module, test: false };
        source.walk(&trees(tokens), scope);
        Ok(source)
    }

    /// The room; `None` for the crate's roots.
    pub fn room(&self) -> Option<&str> {
        self.module.first().map(String::as_str)
    }

    /// For a file that another file declares under `#[cfg(test)]`.
    pub fn leave_out_all_code(&mut self) {
        self.panics.clear();
        self.functions.clear();
        self.code.clear();
        self.docs.clear();
    }

    fn walk(&mut self, tokens: &[TokenTree], scope: Scope) {
        let mut at = 0;
        while at < tokens.len() {
            let (before, rest) = tokens.split_at(at);
            at += match &rest[0] {
                TokenTree::Punct(_) if attribute(rest).is_some() => self.attribute(rest, scope),
                TokenTree::Group(group) => self.group(before, group, scope),
                TokenTree::Ident(_) => self.word(before, rest, scope),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {
                    self.mark(rest[0].span(), scope);
                    1
                }
            };
        }
    }

    /// Takes an attribute, and with a test attribute the item it stands on; says how many tokens that was.
    fn attribute(&mut self, tokens: &[TokenTree], scope: Scope) -> usize {
        let Some((length, group)) = attribute(tokens) else {
            return 1;
        };
        let content = trees(group.stream());
        if word(content.first()) == "doc" && punct(content.get(1)) == '=' {
            if !scope.test {
                self.docs.extend(lines(group.span()));
            }
            return length;
        }
        if !is_test(&content) {
            self.mark(group.span_open(), scope);
            self.mark(group.span_close(), scope);
            self.walk(&content, scope);
            return length;
        }
        let item = first_item(&tokens[length..]);
        self.test_item(item, scope);
        length + item.len()
    }

    fn test_item(&mut self, item: &[TokenTree], scope: Scope) {
        if let [.., keyword, name, end] = item
            && word(Some(keyword)) == "mod"
            && punct(Some(end)) == ';'
        {
            let path = [scope.module, &[word(Some(name))]].concat().join("/");
            self.test_modules.push(format!("src/{path}"));
        }
        let module = scope.module;
        self.walk(item, Scope { module, test: true });
    }

    fn group(&mut self, before: &[TokenTree], group: &Group, scope: Scope) -> usize {
        self.mark(group.span_open(), scope);
        self.mark(group.span_close(), scope);
        let mut module = scope.module.to_vec();
        if let [.., keyword, name] = before
            && word(Some(keyword)) == "mod"
            && group.delimiter() == Delimiter::Brace
        {
            module.push(word(Some(name)));
        }
        let scope = Scope { module: &module, test: scope.test };
        self.walk(&trees(group.stream()), scope);
        1
    }

    /// Takes a word, or the whole path or import that it begins; says how many tokens that was.
    fn word(&mut self, before: &[TokenTree], tokens: &[TokenTree], scope: Scope) -> usize {
        let (text, next) = (word(tokens.first()), &tokens[1..]);
        self.mark(tokens[0].span(), scope);
        let line = tokens[0].span().start().line;
        match text.as_str() {
            // `use<'a>` is a bound, not an import.
            "use" if punct(next.first()) != '<' => return 1 + self.import(line, next, scope),
            "crate" | "super" | "self" | "landfall" if colons(next) => {
                let (path, length) = path_at(tokens);
                let path = absolute(&path, scope.module);
                self.imports.extend(path.map(|path| (line, path)));
                self.mark_all(&tokens[..length], scope);
                return length;
            }
            "unsafe" => self.unsafes.push(line),
            "fn" if !scope.test && !word(next.first()).is_empty() => {
                let last = next.iter().find_map(end_of_function).unwrap_or(line);
                let length = last.saturating_sub(line) + 1;
                self.functions.push((line, word(next.first()), length));
            }
            _ if !scope.test && panics(&text, before, next) => self.panics.push((line, text)),
            _ => {}
        }
        1
    }

    fn import(&mut self, line: usize, tokens: &[TokenTree], scope: Scope) -> usize {
        let end = tokens.iter().position(|token| punct(Some(token)) == ';');
        let tree = &tokens[..end.unwrap_or(tokens.len())];
        let mut paths = Vec::new();
        use_tree(tree, &[], &mut paths);
        let paths = paths.iter().filter_map(|path| absolute(path, scope.module));
        self.imports.extend(paths.map(|path| (line, path)));
        self.mark_all(tree, scope);
        tree.len()
    }

    fn mark(&mut self, span: Span, scope: Scope) {
        if !scope.test {
            self.code.extend(lines(span));
        }
    }

    fn mark_all(&mut self, tokens: &[TokenTree], scope: Scope) {
        for token in tokens {
            self.mark(token.span(), scope);
        }
    }
}

/// `src/mrz/td3.rs` is `["mrz", "td3"]`, `src/mrz/mod.rs` is `["mrz"]`.
fn module_of(path: &str) -> Vec<String> {
    let stem = path.trim_start_matches("src/").trim_end_matches(".rs");
    match stem.strip_suffix("/mod").unwrap_or(stem) {
        "lib" | "main" => Vec::new(),
        stem => stem.split('/').map(str::to_owned).collect(),
    }
}

fn trees(stream: TokenStream) -> Vec<TokenTree> {
    stream.into_iter().collect()
}

fn lines(span: Span) -> RangeInclusive<usize> {
    span.start().line..=span.end().line
}

/// The word that a token is, or nothing.
fn word(token: Option<&TokenTree>) -> String {
    match token {
        Some(TokenTree::Ident(ident)) => ident.to_string(),
        _ => String::new(),
    }
}

/// The sign that a token is, or NUL.
fn punct(token: Option<&TokenTree>) -> char {
    match token {
        Some(TokenTree::Punct(punct)) => punct.as_char(),
        _ => '\0',
    }
}

fn colons(tokens: &[TokenTree]) -> bool {
    punct(tokens.first()) == ':' && punct(tokens.get(1)) == ':'
}

/// `.unwrap` and its kin, `Result::unwrap` too, and the macros.
fn panics(text: &str, before: &[TokenTree], next: &[TokenTree]) -> bool {
    match text {
        "unwrap" | "expect" | "unwrap_err" | "expect_err" => {
            matches!(punct(before.last()), '.' | ':')
        }
        "panic" | "todo" | "unimplemented" | "unreachable" => {
            punct(next.first()) == '!' && matches!(next.get(1), Some(TokenTree::Group(_)))
        }
        _ => false,
    }
}

/// `#[…]` or `#![…]` at the beginning: number of tokens, and the brackets.
fn attribute(tokens: &[TokenTree]) -> Option<(usize, &Group)> {
    if punct(tokens.first()) != '#' {
        return None;
    }
    let bang = usize::from(punct(tokens.get(1)) == '!');
    match tokens.get(1 + bang) {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Bracket => Some((2 + bang, group)),
        _ => None,
    }
}

/// `test`, `cfg(test)` or `cfg(all(test, …))`: what follows is never part of the product.
fn is_test(attribute: &[TokenTree]) -> bool {
    match attribute {
        [TokenTree::Ident(word)] => word == "test",
        [TokenTree::Ident(word), TokenTree::Group(group)] if word == "cfg" => needs_test(&trees(group.stream())),
        _ => false,
    }
}

fn needs_test(condition: &[TokenTree]) -> bool {
    match condition {
        [TokenTree::Ident(word)] => word == "test",
        [TokenTree::Ident(word), TokenTree::Group(group)] if word == "all" => {
            trees(group.stream()).split(|token| punct(Some(token)) == ',').any(needs_test)
        }
        _ => false,
    }
}

/// An item ends with its first brace or semicolon.
fn first_item(tokens: &[TokenTree]) -> &[TokenTree] {
    let end = tokens.iter().position(|token| end_of_function(token).is_some());
    &tokens[..end.map_or(tokens.len(), |at| at + 1)]
}

/// The last line of a function, seen from a token that ends it: its body, or the semicolon of one without.
fn end_of_function(token: &TokenTree) -> Option<usize> {
    match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group.span_close().end().line),
        other => (punct(Some(other)) == ';').then(|| other.span().end().line),
    }
}

/// The segments of `a::b::c` and the number of tokens they take.
fn path_at(tokens: &[TokenTree]) -> (Vec<String>, usize) {
    let mut path = vec![word(tokens.first())];
    let mut length = 1;
    while colons(&tokens[length..])
        && let Some(TokenTree::Ident(segment)) = tokens.get(length + 2)
    {
        path.push(segment.to_string());
        length += 3;
    }
    (path, length)
}

/// Every path that the tree of a `use` names; a glob is the path it opens.
fn use_tree(tree: &[TokenTree], prefix: &[String], paths: &mut Vec<Vec<String>>) {
    let tree = if colons(tree) { &tree[2..] } else { tree };
    match tree.first() {
        Some(TokenTree::Ident(_)) => {
            let (path, length) = path_at(tree);
            let path = [prefix, &path].concat();
            if colons(&tree[length..]) {
                use_tree(&tree[length..], &path, paths);
            } else {
                paths.push(path);
            }
        }
        Some(TokenTree::Group(group)) => {
            let inner = trees(group.stream());
            for branch in inner.split(|token| punct(Some(token)) == ',') {
                use_tree(branch, prefix, paths);
            }
        }
        Some(_) => paths.push(prefix.to_vec()),
        None => {}
    }
}

/// A path as seen from the crate's root; `None` if it leads to another crate or down from here.
fn absolute(path: &[String], module: &[String]) -> Option<Vec<String>> {
    let (first, rest) = path.split_first()?;
    let mut place = match first.as_str() {
        "crate" | "landfall" => Vec::new(),
        "self" => module.to_vec(),
        "super" => module[..module.len().saturating_sub(1)].to_vec(),
        _ => return None,
    };
    for segment in rest {
        match segment.as_str() {
            "super" => drop(place.pop()),
            "self" => {}
            _ => place.push(segment.clone()),
        }
    }
    Some(place)
}
