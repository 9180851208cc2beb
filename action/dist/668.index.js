export const id = 668;
export const ids = [668];
export const modules = {

/***/ 47668:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   M: () => (/* binding */ afterCommit),
/* harmony export */   T: () => (/* binding */ createLatestStore)
/* harmony export */ });
const texts = new WeakMap();
/** What a store holds after a commit, without asking it. */
function afterCommit(base, changes, revision) {
    const before = texts.get(base) ?? { root: base, changed: new Map() };
    const changed = new Map([...before.changed, ...changes]);
    const { root } = before;
    const there = new Set(root.list(''));
    for (const [path, text] of changed) {
        if (text === null)
            there.delete(path);
        else
            there.add(path);
    }
    const paths = [...there].sort();
    const snapshot = {
        revision,
        list: (prefix) => paths.filter((path) => path.startsWith(prefix)),
        read: async (path) => (changed.has(path) ? (changed.get(path) ?? undefined) : root.read(path)),
    };
    texts.set(snapshot, { root, changed });
    return snapshot;
}
/**
 * Reads once, and after a commit of its own goes on from that: who writes learns of a newer ledger by the conflict, and reads then. What only
 * reads may see what was there when this began.
 */
function createLatestStore(store) {
    let latest;
    return {
        async read() {
            latest ??= await store.read();
            return latest;
        },
        async commit(base, changes, message) {
            latest = undefined;
            const revision = await store.commit(base, changes, message);
            latest = afterCommit(base, changes, revision);
            return revision;
        },
        refresh() {
            latest = undefined;
        },
    };
}


/***/ })

};
