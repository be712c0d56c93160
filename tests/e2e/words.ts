// What the page says, as the tests expect it: written here again, so that a slip in the catalogue is noticed.

export type Language = "zh-CN" | "en-US";

const TEXTS = {
  "zh-CN": {
    verdicts: { accepted: "已受理（未核实）", refused: "被拒绝，没有生效", partial: "部分成功", unknown: "结果未知", not_sent: "没有发出" },
    proofs: ["正在核实……", "已核实", "核实时仍是原样"],
    dangerousToRepeat: "不要直接重做",
    takenBack: "已撤销，没有发出任何请求。",
    operations: { recall: "撤回", modify: "修改", send: "发送" },
    recall: { act: "撤回 1 条消息", twoWay: "双向撤回", final: "不可恢复" },
    modify: { act: "修改 1 条消息" },
    send: { unknown: "未知", counts: (total: number, sent: number, refused: number, unknown: number) => `共 ${total} 人：成功 ${sent}，失败 ${refused}，未知 ${unknown}` },
    cancel: "取消",
    summary: (count: number) => `还有 ${count} 处需要修改`,
    other: "English",
    connected: "已连接",
    notConnected: "尚未连接",
    notFound: "没有这个页面",
    recallThis: "撤回这条",
    modifyThis: "修改这条",
  },
  "en-US": {
    verdicts: { accepted: "Accepted (not verified)", refused: "Refused, nothing happened", partial: "Partly done", unknown: "Outcome unknown", not_sent: "Not sent" },
    proofs: ["Checking…", "Verified", "Unchanged when checked"],
    dangerousToRepeat: "Do not simply repeat it",
    takenBack: "Taken back; nothing was sent.",
    operations: { recall: "Recall", modify: "Modify", send: "Send" },
    recall: { act: "Recall 1 message", twoWay: "Two-way recall", final: "It cannot be undone" },
    modify: { act: "Modify 1 message" },
    send: { unknown: "Unknown", counts: (total: number, sent: number, refused: number, unknown: number) => `${total} in all: ${sent} sent, ${refused} refused, ${unknown} unknown` },
    cancel: "Cancel",
    summary: (count: number) => `${count} to mend`,
    other: "中文",
    connected: "Connected",
    notConnected: "Not connected",
    notFound: "There is no such page",
    recallThis: "Recall this",
    modifyThis: "Modify this",
  },
} satisfies Record<Language, unknown>;

export type Vocabulary = (typeof TEXTS)["zh-CN"] & { language: Language };

export function words(language: Language): Vocabulary {
  return { ...TEXTS[language], language };
}
