export const id = 552;
export const ids = [552];
export const modules = {

/***/ 63552:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   serveTools: () => (/* binding */ serveTools)
/* harmony export */ });
/* harmony import */ var _modelcontextprotocol_sdk_server_index_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(24619);
/* harmony import */ var _modelcontextprotocol_sdk_server_webStandardStreamableHttp_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(24415);
/* harmony import */ var _modelcontextprotocol_sdk_types_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(63846);
/* harmony import */ var _lib_errors_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(89862);




/**
 * In one session. What calls is a program that reads a stranger's repository, and commands of that may call in its name: more than this no
 * honest work needs, and what is handed over is kept on this host.
 */
const most = { calls: 2000, bytes: 32 << 20, atOnce: 16, batch: 32 };
/**
 * The tools of a desk over MCP: streamable HTTP, without sessions, each request for itself. What this host has to say it says in the answer;
 * who opens a stream to listen (GET) is told that there is none.
 */
function serveTools(desk) {
    const load = { calls: 0, bytes: 0, running: 0 };
    return async (request) => {
        if (request.method !== 'POST')
            return refuse(405, -32000, 'There is nothing to listen to.', { allow: 'POST' });
        const text = await request.text();
        const parsedBody = parse(text);
        if (parsedBody === undefined)
            return refuse(400, -32700, 'This is no JSON.');
        if (Array.isArray(parsedBody) && parsedBody.length > most.batch)
            return refuse(400, -32600, 'This is too much.');
        const server = createServer(desk, load);
        const transport = new _modelcontextprotocol_sdk_server_webStandardStreamableHttp_js__WEBPACK_IMPORTED_MODULE_1__/* .WebStandardStreamableHTTPServerTransport */ .a();
        const end = () => void server.close().catch(() => undefined);
        request.signal.addEventListener('abort', end, { once: true });
        await server.connect(transport);
        return transport.handleRequest(request, { parsedBody });
    };
}
function createServer(desk, load) {
    const server = new _modelcontextprotocol_sdk_server_index_js__WEBPACK_IMPORTED_MODULE_0__/* .Server */ .g({ name: 'courier', version: '1' }, { capabilities: { tools: {} } });
    server.setRequestHandler(_modelcontextprotocol_sdk_types_js__WEBPACK_IMPORTED_MODULE_2__/* .ListToolsRequestSchema */ .gW, () => ({
        tools: desk.tools.map(({ name, description, inputSchema }) => ({
            name,
            description,
            inputSchema: { ...inputSchema, type: 'object' },
        })),
    }));
    server.setRequestHandler(_modelcontextprotocol_sdk_types_js__WEBPACK_IMPORTED_MODULE_2__/* .CallToolRequestSchema */ .FT, async ({ params: { name, arguments: input = {} } }) => {
        const { ok, text } = await call(desk, load, { name, input });
        return { content: [{ type: 'text', text }], isError: !ok };
    });
    return server;
}
async function call(desk, load, { name, input }) {
    if (!desk.tools.some((tool) => tool.name === name)) {
        const names = desk.tools.map((tool) => tool.name).join(', ');
        return { ok: false, text: `There is no tool ${name.slice(0, 60)}. There are: ${names}.` };
    }
    if (load.running >= most.atOnce)
        return { ok: false, text: 'Not done: too many calls at once. Call it again.' };
    load.calls += 1;
    load.bytes += JSON.stringify(input).length;
    if (load.calls > most.calls || load.bytes > most.bytes)
        return { ok: false, text: 'Not done: this session has handed over as much as it may. End it with finish.' };
    load.running += 1;
    try {
        return await desk.call(name, input);
    }
    catch (error) {
        return { ok: false, text: `Not done: ${(0,_lib_errors_js__WEBPACK_IMPORTED_MODULE_3__/* .messageOf */ .bD)(error)}` };
    }
    finally {
        load.running -= 1;
    }
}
function refuse(status, code, message, headers = {}) {
    return Response.json({ jsonrpc: '2.0', error: { code, message }, id: null }, { status, headers });
}
function parse(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}


/***/ })

};
