"""What DeepSeek-R1 cost, from Python: a question as JSON, the answer as JSON."""
# SPDX-License-Identifier: GPL-3.0-or-later
import ctypes
import json

library = ctypes.CDLL("libtraincost.so.0")


def ask(**question):
    text, answer = json.dumps(question).encode(), ctypes.c_void_p()
    library.traincost_json(None, text, ctypes.c_size_t(len(text)), ctypes.byref(answer))
    reply = json.loads(ctypes.string_at(answer))
    library.traincost_text_free(answer)
    return reply


rent = ask(run="deepseek-r1")["outputs"]["rental_usd"]
print(f"rent of DeepSeek-R1: ${rent['p5']:,.0f} to ${rent['p95']:,.0f}")
print("its claim of $294,000:", ask(command="check", run="deepseek-r1")["verdict"])
print("an error:", ask(type="H880", chips=512, hours=198)["error"]["message"])
