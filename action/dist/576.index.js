export const id = 576;
export const ids = [576];
export const modules = {

/***/ 69195:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  createScopeFinder: () => (/* binding */ createScopeFinder)
});

// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
;// CONCATENATED MODULE: ./build/src/findings/scopes.js
const longestPath = 300;
/** Names as one path. */
function joinScopes(names) {
    return names.length === 0 ? undefined : names.join('.').slice(0, longestPath);
}

;// CONCATENATED MODULE: ./build/src/findings/scopes-by-indentation.js

// A declaration that begins farther up than this, or a line longer than that, was hardly written by hand.
const farthest = 5_000;
const widest = 300;
const deepest = 12;
const tabWidth = 4;
const keywords = /^(?:[\w@]+(?:\([^()]{0,40}\))? ){0,5}(?:function|func|fun|fn|def|defp|defmodule|sub|proc|procedure|method|class|struct|interface|protocol|trait|impl|enum|record|object|module|namespace|type|extension|service|message|resource)(?:<[^<>]{0,40}>)?[ \t*]+(?:\([^()]{0,80}\)[ \t]*)?(?:self\.)?([\p{L}_$][\p{L}\p{N}_$]*(?:(?:\.|::|\\)[\p{L}_$][\p{L}\p{N}_$]*){0,6})/u;
const assigned = /^(?:(?:export|default|const|let|var|val|local|public|private|static) ){0,4}([\p{L}_$][\p{L}\p{N}_$.]*)[ \t]*[:=][ \t]*(?:async\b|function\b|\([^()]*\)[^()]*=>|\{$|class\b|fun\b|fn\b)/u;
const opened = /^(?:[\p{L}_][\p{L}\p{N}_<>[\],.?*&:]*[ \t]+[*&]*){0,6}([\p{L}_$~][\p{L}\p{N}_$~:]*)[ \t]*\([^()]*(?:\([^()]*\)[^()]*){0,3}\)[^()=]*\{(?:$|.*\}$)/u;
const statements = /^(?:\}[ \t]*)?(?:if|else|elif|elsif|for|foreach|while|until|switch|case|when|match|catch|return|with|do|try|new|throw|await|yield|unless|using|lock|assert|print)\b/;
const comments = /^(?:\/\/|#|\*|\/\*|--)/;
const noNames = new Set(['func', 'function', 'fn', 'if', 'for', 'while', 'switch', 'catch', 'extends', 'implements']);
/**
 * The enclosing declarations as the indentation shows them: from each line upwards, every nearest line that is indented less, where it
 * looks like a declaration. For languages without a parser, and files that none can read.
 */
function scopesByIndentation(text) {
    let lines;
    const known = new Map();
    return (line) => {
        lines ??= joinBraces(text.split(/\r\n|\r|\n/).map(toLine));
        if (!known.has(line))
            known.set(line, joinScopes(enclosing(lines, line - 1)));
        return known.get(line);
    };
}
function enclosing(lines, at) {
    const own = lines[at];
    if (!own)
        return [];
    const names = [nameIn(own.text)].filter((name) => name !== undefined);
    // A line that closes a block belongs to the line that opened it, which stands at the same indentation.
    let indent = /^[)}\]]|^end\b/.test(own.text) ? own.indent + 1 : own.indent;
    if (own.text === '')
        indent = Number.POSITIVE_INFINITY;
    const first = Math.max(0, at - farthest);
    for (let index = at - 1; index >= first && indent > 0 && names.length < deepest; index--) {
        const line = lines[index];
        if (!line || line.text === '' || line.indent >= indent || /^[)}\]{]/.test(line.text))
            continue;
        indent = line.indent;
        const name = nameIn(line.text);
        if (name !== undefined)
            names.unshift(name);
    }
    return names;
}
function nameIn(text) {
    if (statements.test(text) || comments.test(text))
        return undefined;
    const name = (keywords.exec(text) ?? assigned.exec(text) ?? opened.exec(text))?.[1];
    return name === undefined || noNames.has(name) ? undefined : name.replace(/::|\\/g, '.');
}
/** A brace on a line of its own belongs to the line before. */
function joinBraces(lines) {
    return lines.map((line, index) => {
        const next = lines[index + 1];
        return next?.text === '{' && next.indent === line.indent && line.text.endsWith(')')
            ? { ...line, text: `${line.text} {` }
            : line;
    });
}
function toLine(raw) {
    const white = /^[ \t]*/.exec(raw)?.[0] ?? '';
    const indent = [...white.slice(0, widest)].reduce((sum, char) => sum + (char === '\t' ? tabWidth : 1), 0);
    const code = raw
        .slice(white.length, white.length + widest)
        .replace(/[ \t](?:\/\/|#|--)[ \t].*$/, '')
        .trimEnd();
    return { indent, text: code };
}

// EXTERNAL MODULE: ./build/src/lib/errors.js
var errors = __webpack_require__(89862);
// EXTERNAL MODULE: ./build/src/lib/log.js
var lib_log = __webpack_require__(7399);
;// CONCATENATED MODULE: ./build/src/adapters/syntax/declarations.js
const longestName = 80;
const byField = (field) => (node) => plainName(node.childForFieldName(field)?.text);
const byName = byField('name');
const named = (...types) => types.map((type) => [type, byName]);
const withBody = (node) => (node.childForFieldName('body') ? byName(node) : undefined);
const functionTypes = new Set(['arrow_function', 'function_expression', 'generator_function', 'class']);
const isFunction = (node) => node !== null && functionTypes.has(node.type);
const script = [
    ...named('function_declaration', 'generator_function_declaration', 'function_expression', 'class_declaration'),
    ...named('class', 'method_definition', 'abstract_class_declaration', 'interface_declaration', 'enum_declaration'),
    ...named('type_alias_declaration', 'internal_module', 'module', 'function_signature', 'method_signature'),
    ...named('abstract_method_signature'),
    ['variable_declarator', (node) => (isVariableScope(node) ? byName(node) : undefined)],
    ['pair', (node) => (isFunction(node.childForFieldName('value')) ? byField('key')(node) : undefined)],
    ['public_field_definition', (node) => (isFunction(node.childForFieldName('value')) ? byName(node) : undefined)],
    ['field_definition', (node) => (isFunction(node.childForFieldName('value')) ? byField('property')(node) : undefined)],
    [
        'assignment_expression',
        (node) => (isFunction(node.childForFieldName('right')) ? byField('left')(node) : undefined),
    ],
];
/** A function by any other name, or a value of the whole module, such as a table or a component. */
function isVariableScope(node) {
    if (isFunction(node.childForFieldName('value')))
        return true;
    const around = node.parent?.parent?.type;
    return around === 'program' || around === 'export_statement';
}
const c = [
    ['function_definition', (node) => declared(node)],
    ['struct_specifier', withBody],
    ['union_specifier', withBody],
    ['enum_specifier', withBody],
    [
        'type_definition',
        (node) => (node.childForFieldName('type')?.childForFieldName('body') ? declared(node) : undefined),
    ],
    ...named('preproc_function_def'),
];
const declarators = 20;
/** C wraps a name into what is declared of it: `int (*const *handlers(void))[3]`. */
function declared(node) {
    let current = node.childForFieldName('declarator');
    for (let step = 0; current && step < declarators; step++) {
        if (!current.type.endsWith('declarator'))
            return plainName(current.text);
        current = current.childForFieldName('declarator') ?? current.lastNamedChild;
    }
    return undefined;
}
const types = ['class_declaration', 'interface_declaration', 'enum_declaration'];
const byGrammar = {
    javascript: new Map(script),
    typescript: new Map(script),
    tsx: new Map(script),
    python: new Map(named('function_definition', 'class_definition')),
    go: new Map([...named('function_declaration', 'type_spec'), ['method_declaration', ofReceiver]]),
    java: new Map([
        ...named(...types, 'record_declaration', 'annotation_type_declaration', 'method_declaration'),
        ...named('constructor_declaration', 'compact_constructor_declaration'),
    ]),
    ruby: new Map(named('class', 'module', 'method', 'singleton_method')),
    rust: new Map([
        ...named('function_item', 'function_signature_item', 'struct_item', 'enum_item', 'union_item', 'trait_item'),
        ...named('mod_item', 'macro_definition', 'type_item', 'const_item', 'static_item'),
        ['impl_item', byField('type')],
    ]),
    c: new Map(c),
    cpp: new Map([...c, ['class_specifier', withBody], ...named('namespace_definition', 'concept_definition')]),
    c_sharp: new Map([
        ...named(...types, 'namespace_declaration', 'struct_declaration', 'record_declaration', 'method_declaration'),
        ...named('constructor_declaration', 'destructor_declaration', 'property_declaration', 'local_function_statement'),
        ...named('delegate_declaration', 'event_declaration'),
    ]),
    php: new Map([
        ...named(...types, 'trait_declaration', 'function_definition', 'method_declaration'),
        ['namespace_definition', withBody],
    ]),
};
const none = new Map();
/** By node type, how a grammar's declarations are named. */
function declarationsOf(grammar) {
    return byGrammar[grammar] ?? none;
}
/** Go: `func (o *Orders[T]) Total()` belongs to `Orders`. */
function ofReceiver(node) {
    const receiver = node.childForFieldName('receiver')?.text.slice(0, 4 * longestName) ?? '';
    const owner = /([\p{L}_][\p{L}\p{N}_]*)\s*(?:\[[^\]]*\]\s*)?\)$/u.exec(receiver)?.[1];
    return [owner, byName(node)].filter((part) => part !== undefined).join('.') || undefined;
}
/** Without what a type is made for, and with one sign between the parts in every language: `Box<T>::open` is `Box.open`. */
function plainName(text) {
    const plain = text
        ?.slice(0, 4 * longestName)
        .replace(/\s+|<[^<>]*>|^["'`]|["'`]$/g, '')
        .replace(/::|\\|->/g, '.');
    return plain ? plain.slice(0, longestName) : undefined;
}

;// CONCATENATED MODULE: ./build/src/adapters/syntax/collect-scopes.js


// What stands before a declaration, as a sibling of it, and is part of it.
const leading = new Set(['decorator', 'attribute_item', 'template_parameter_list']);
const collect_scopes_deepest = 32;
/** For each line the innermost declaration around it. @returns `undefined` where it took too long. */
function collectScopes(tree, { grammar, isLate }) {
    const cursor = tree.walk();
    const rows = createRowScopes();
    try {
        if (!walk({ cursor, declarations: declarationsOf(grammar), rows }, isLate))
            return undefined;
    }
    finally {
        cursor.delete();
    }
    return (line) => {
        const names = [];
        for (let scope = rows.at(line - 1); scope; scope = scope.parent)
            names.unshift(scope.name);
        return joinScopes(names);
    };
}
/** Visits every node, parents first. Trees may be a hundred thousand levels deep: no recursion. */
function walk(given, isLate) {
    const { cursor } = given;
    const outer = [];
    let level = { scope: undefined, decorated: undefined };
    for (let steps = 1; steps % 1024 !== 0 || !isLate(); steps++) {
        const scope = visit(given, level);
        if (cursor.gotoFirstChild()) {
            outer.push(level);
            level = { scope, decorated: undefined };
            continue;
        }
        while (!cursor.gotoNextSibling()) {
            const above = outer.pop();
            if (!above || !cursor.gotoParent())
                return true;
            level = above;
        }
    }
    return false;
}
/** @returns the scope of what is inside of the node. */
function visit({ cursor, declarations, rows }, level) {
    const type = cursor.nodeType;
    if (leading.has(type)) {
        level.decorated ??= cursor.startPosition.row;
        return level.scope;
    }
    const first = level.decorated;
    if (cursor.nodeIsNamed && !type.endsWith('comment'))
        level.decorated = undefined;
    const name = declarations.get(type)?.(cursor.currentNode);
    const depth = (level.scope?.depth ?? 0) + 1;
    if (!name || depth > collect_scopes_deepest)
        return level.scope;
    const scope = { name, parent: level.scope, depth };
    rows.add(scope, { first: first ?? cursor.startPosition.row, last: cursor.endPosition.row });
    return scope;
}
/** Given parents first: the innermost scope of each row; what the rows of several siblings share belongs to their parent. */
function createRowScopes() {
    const innermost = [];
    // The depth from which on a row belongs to several.
    const shared = [];
    return {
        add(scope, { first, last }) {
            for (let row = first; row <= last; row++) {
                if ((shared[row] ?? Number.POSITIVE_INFINITY) <= scope.depth)
                    continue;
                if (innermost[row] === scope.parent)
                    innermost[row] = scope;
                else {
                    innermost[row] = scope.parent;
                    shared[row] = scope.depth;
                }
            }
        },
        at: (row) => innermost[row],
    };
}

;// CONCATENATED MODULE: ./build/src/adapters/syntax/languages.js

// Headers go to C++, which reads C's as well. `.phtml` and the like are PHP between text, as the grammar expects it.
const extensions = {
    javascript: ['js', 'mjs', 'cjs', 'jsx'],
    typescript: ['ts', 'mts', 'cts'],
    tsx: ['tsx'],
    python: ['py', 'pyi', 'pyw'],
    go: ['go'],
    java: ['java'],
    ruby: ['rb', 'rake', 'gemspec', 'ru'],
    rust: ['rs'],
    c: ['c'],
    cpp: ['cc', 'cpp', 'cxx', 'c++', 'h', 'hh', 'hpp', 'hxx', 'ipp', 'inl'],
    c_sharp: ['cs', 'csx'],
    php: ['php', 'phtml', 'php5', 'inc'],
};
const grammars = new Map(Object.entries(extensions).flatMap(([grammar, names]) => names.map((name) => [`.${name}`, grammar])));
const namedFiles = new Map([
    ['Rakefile', 'ruby'],
    ['Gemfile', 'ruby'],
]);
/** The grammar (`tree-sitter-<name>.wasm`) for a file; `undefined` where there is none. */
function findGrammar(file) {
    return grammars.get(external_node_path_.extname(file).toLowerCase()) ?? namedFiles.get(external_node_path_.basename(file));
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __webpack_require__(73136);
// EXTERNAL MODULE: external "node:util"
var external_node_util_ = __webpack_require__(57975);
// EXTERNAL MODULE: external "node:zlib"
var external_node_zlib_ = __webpack_require__(38522);
;// CONCATENATED MODULE: ./build/src/adapters/syntax/runtime.js
var __rewriteRelativeImportExtension = (undefined && undefined.__rewriteRelativeImportExtension) || function (path, preserveJsx) {
    if (typeof path === "string" && /^\.\.?\//.test(path)) {
        return path.replace(/\.(tsx)$|((?:\.d)?)((?:\.[^./]+?)?)\.([cm]?)ts$/i, function (m, tsx, d, ext, cm) {
            return tsx ? preserveJsx ? ".jsx" : ".js" : d && (!ext || !cm) ? m : (d + ext + "." + cm.toLowerCase() + "js");
        });
    }
    return path;
};






const decompress = (0,external_node_util_.promisify)(external_node_zlib_.brotliDecompress);
/**
 * Starts web-tree-sitter; grammars are loaded when they are asked for. What it throws is not recoverable: start another one.
 * @param folder of the grammars and the runtime, with their checksums
 */
async function startRuntime(folder) {
    const sums = JSON.parse(await (0,promises_.readFile)(external_node_path_.join(folder, 'sha256.json'), 'utf8'));
    const read = async (name) => {
        const bytes = await decompress(await (0,promises_.readFile)(external_node_path_.join(folder, `${name}.br`)));
        const sum = (0,external_node_crypto_.createHash)('sha256').update(bytes).digest('hex');
        if (sum !== sums[name])
            throw new Error(`${name} is not the file that was shipped: its checksum differs.`);
        return bytes;
    };
    const location = (0,external_node_url_.pathToFileURL)(external_node_path_.join(folder, 'web-tree-sitter.mjs')).href;
    const { Parser, Language } = await import(__rewriteRelativeImportExtension(/* webpackIgnore: true */ /* @vite-ignore */ location));
    await Parser.init({ wasmBinary: await read('web-tree-sitter.wasm') });
    const languages = new Map();
    return {
        async parserFor(grammar) {
            const loading = languages.get(grammar) ?? read(`tree-sitter-${grammar}.wasm`).then((wasm) => Language.load(wasm));
            languages.set(grammar, loading);
            const language = await loading;
            return (text, isLate) => {
                const parser = new Parser();
                try {
                    parser.setLanguage(language);
                    return parser.parse(text, null, { progressCallback: isLate }) ?? undefined;
                }
                finally {
                    parser.delete();
                }
            };
        },
    };
}

;// CONCATENATED MODULE: ./build/src/adapters/syntax/scope-finder.js







// Nobody writes longer files by hand; a tree takes some thirty times the memory of its text.
const maxLength = 1 << 19;
const fileLimitMs = 4_000;
const totalLimitMs = 60_000;
const mostStarts = 3;
const shippedFolder = external_node_path_.join(import.meta.dirname, 'grammars');
/**
 * Enclosing declarations by tree-sitter's parsers. The indentation tells instead for languages without a grammar, files above half a million
 * characters, those that take longer than four seconds or are not understood at all, and when the parser itself fails or a minute is spent.
 */
function createScopeFinder(options = {}) {
    const { log = lib_log/* silentLog */.a, folder = shippedFolder } = options;
    let running;
    let starts = 0;
    let spentMs = 0;
    const start = () => {
        starts += 1;
        return startRuntime(folder);
    };
    const parsed = async (grammar, text) => {
        running ??= start();
        const parse = await (await running).parserFor(grammar);
        const began = performance.now();
        try {
            return scopesIn(text, { grammar, parse });
        }
        finally {
            spentMs += performance.now() - began;
        }
    };
    return async (name, text) => {
        const grammar = text.length > maxLength || spentMs > totalLimitMs ? undefined : findGrammar(name);
        if (grammar === undefined || (running === undefined && starts >= mostStarts))
            return scopesByIndentation(text);
        try {
            return (await parsed(grammar, text)) ?? scopesByIndentation(text);
        }
        catch (error) {
            // What a trap left behind in the parser's memory is no ground to go on.
            running = undefined;
            log.debug(`The enclosing declarations in ${name} are estimated: ${(0,errors/* messageOf */.bD)(error)}`);
            return scopesByIndentation(text);
        }
    };
}
function scopesIn(text, { grammar, parse }) {
    // Rows are counted by line feeds, and NUL ends a text for some scanners.
    const plain = text.replace(/\r\n?/g, '\n').replaceAll('\0', ' ');
    const end = performance.now() + fileLimitMs;
    const isLate = () => performance.now() > end;
    const tree = parse(plain, isLate);
    if (!tree)
        return undefined;
    try {
        return tree.rootNode.type === 'ERROR' ? undefined : collectScopes(tree, { grammar, isLate });
    }
    finally {
        tree.delete();
    }
}


/***/ }),

/***/ 7399:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ silentLog)
/* harmony export */ });
const silentLog = { debug() { }, info() { }, warn() { }, error() { } };


/***/ })

};
