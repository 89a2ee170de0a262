/**
 * What node-llama-cpp does when it is called directly: one answer, with the settings that the plug-in has.
 * Run: node bench/bare-llama.mjs MODEL.gguf MAX_TOKENS PROMPT; WRAPPER=auto has it find out how to write the prompt.
 */
import { availableParallelism } from "node:os";
import { getLlama, JinjaTemplateChatWrapper, LlamaChat, LlamaLogLevel } from "node-llama-cpp";

const [modelPath, maxTokens, prompt] = process.argv.slice(2);
const cores = availableParallelism();
// As many as the plug-in takes for a small model and a short prompt.
const threads = Math.ceil(cores / 2);
const llama = await getLlama({ gpu: false, build: "never", maxThreads: cores, logLevel: LlamaLogLevel.error });
const model = await llama.loadModel({ modelPath });
const context = await model.createContext({ contextSize: 4096, threads });
const template = model.fileInfo.metadata.tokenizer.chat_template;
const chat = new LlamaChat({
  contextSequence: context.getSequence(),
  chatWrapper:
    process.env.WRAPPER === "auto" ? "auto" : new JinjaTemplateChatWrapper({ template, tokenizer: model.tokenizer }),
});
await chat.generateResponse(
  [
    { type: "user", text: prompt },
    { type: "model", response: [] },
  ],
  {
    temperature: 0,
    topK: 40,
    topP: 0.95,
    minP: 0.05,
    repeatPenalty: { lastTokens: 256, penalty: 1.1 },
    maxTokens: Number(maxTokens),
    onTextChunk: (text) => process.stdout.write(text),
  },
);
process.exit(0);
