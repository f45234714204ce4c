using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Neural.Tests.Layers;

/// <summary>Calls a layer as a golden case says: with its inputs in torch's order and its extra arguments by torch's names.</summary>
internal sealed class GoldenCall
{
    private readonly JsonElement? call;
    private readonly NamedTensors tensors;
    private readonly HashSet<string> read = ["need_weights"];

    public GoldenCall(JsonElement test, NamedTensors tensors)
    {
        call = test.Optional("call");
        this.tensors = tensors;
    }

    /// <summary>The outputs in torch's order.</summary>
    public Tensor[] Run(Module module, Tensor[] inputs)
    {
        Tensor[] outputs = Forward(module, inputs);
        foreach (JsonProperty argument in call?.EnumerateObject().Where(property => property.Value.ValueKind != JsonValueKind.Null) ?? [])
        {
            Assert.True(read.Contains(argument.Name), $"{module.GetType().Name} is not called with torch's {argument.Name}.");
        }
        return call?.Optional("need_weights")?.GetBoolean() == false ? outputs[..1] : outputs;
    }

    private Tensor[] Forward(Module module, Tensor[] x)
    {
        switch (module)
        {
            case Layer layer:
                return [layer.Forward(x[0])];
            case Bilinear bilinear:
                return [bilinear.Forward(x[0], x[1])];
            case Embedding embedding:
                return [embedding.Forward(x[0])];
            case Rnn rnn:
                (Tensor rnnOutput, Tensor rnnState) = rnn.Forward(x[0], x.ElementAtOrDefault(1), Lengths());
                return [rnnOutput, rnnState];
            case Gru gru:
                (Tensor gruOutput, Tensor gruState) = gru.Forward(x[0], x.ElementAtOrDefault(1), Lengths());
                return [gruOutput, gruState];
            case Lstm lstm:
                (Tensor lstmOutput, Tensor hidden, Tensor cell) = lstm.Forward(x[0], Pair(x), Lengths());
                return [lstmOutput, hidden, cell];
            case RnnCell rnnCell:
                return [rnnCell.Forward(x[0], x.ElementAtOrDefault(1))];
            case GruCell gruCell:
                return [gruCell.Forward(x[0], x.ElementAtOrDefault(1))];
            case LstmCell lstmCell:
                (Tensor nextHidden, Tensor nextCell) = lstmCell.Forward(x[0], Pair(x));
                return [nextHidden, nextCell];
            case MultiheadAttention attention:
                Tensor key = x.ElementAtOrDefault(1) ?? x[0];
                (Tensor attended, Tensor weights) = attention.Forward(
                    x[0], key, x.ElementAtOrDefault(2) ?? key, Mask("attn_mask"), Mask("key_padding_mask"), Flag("causal", "is_causal"));
                return [attended, weights];
            case TransformerEncoderLayer encoder:
                return [
                    encoder.Forward(x[0], Mask("src_mask", "attn_mask"), Mask("src_key_padding_mask", "key_padding_mask"),
                        Flag("causal", "is_causal"))];
            case TransformerEncoder encoder:
                return [
                    encoder.Forward(x[0], Mask("mask", "src_mask"), Mask("src_key_padding_mask", "key_padding_mask"), Flag("causal", "is_causal"))];
            case TransformerDecoderLayer decoder:
                return
                [
                    decoder.Forward(
                        x[0], x[1], Mask("tgt_mask"), Mask("memory_mask"), Mask("tgt_key_padding_mask"), Mask("memory_key_padding_mask"),
                        Flag("causal", "tgt_is_causal", "is_causal")),
                ];
            default:
                throw new NotSupportedException($"The tests cannot call {module.GetType().Name}.");
        }
    }

    private static (Tensor Hidden, Tensor Cell)? Pair(Tensor[] inputs) => inputs.Length > 2 ? (inputs[1], inputs[2]) : null;

    private int[] Lengths() => Find("lengths")?.Integers() ?? [];

    private bool Flag(params string[] names) => Find(names)?.GetBoolean() ?? false;

    /// <summary>A mask written as rows of truth values, or as the name of a tensor; true means not attended.</summary>
    private Tensor? Mask(params string[] names)
    {
        if (Find(names) is not { } mask)
        {
            return null;
        }
        if (mask.ValueKind == JsonValueKind.String)
        {
            Tensor stored = tensors[mask.GetString()!];
            return stored.DType == DType.Bool ? stored : stored < 0.0;      // torch's other form: -inf where not attended, else 0
        }
        List<int> sizes = [];
        for (JsonElement part = mask; part.ValueKind == JsonValueKind.Array; part = part[0])
        {
            sizes.Add(part.GetArrayLength());
        }
        return Tensor.From<bool>(Flatten(mask).ToArray(), Shape.Create(sizes.ToArray()));
    }

    private static IEnumerable<bool> Flatten(JsonElement part) => part.ValueKind switch
    {
        JsonValueKind.Array => part.EnumerateArray().SelectMany(Flatten),
        JsonValueKind.True or JsonValueKind.False => [part.GetBoolean()],
        _ => [part.Number() < 0],
    };

    private JsonElement? Find(params string[] names)
    {
        JsonElement? found = null;
        foreach (string name in names)
        {
            read.Add(name);
            found ??= call?.Optional(name);
        }
        return found;
    }
}
