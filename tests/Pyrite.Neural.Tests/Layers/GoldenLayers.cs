using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Neural.Tests.Layers;

/// <summary>Builds a layer of the golden files from torch's arguments, and calls it.</summary>
internal static class GoldenLayers
{
    public static (Module Module, Func<Tensor[], Tensor[]> Call) Build(JsonElement test)
    {
        Arguments args = new(test.GetProperty("args"));
        int[] lengths = test.GetProperty("call").Optional("lengths")?.Integers() ?? [];
        switch (test.GetProperty("layer").GetString())
        {
            case "Linear":
                return Single(new Linear(args.Int("in_features"), args.Int("out_features"), args.Flag("bias", true)));
            case "Bilinear":
                Bilinear bilinear = new(args.Int("in1_features"), args.Int("in2_features"), args.Int("out_features"));
                return (bilinear, inputs => [bilinear.Forward(inputs[0], inputs[1])]);
            case "PReLU":
                return Single(new PRelu(args.Int("num_parameters")));
            case "MLP":
                return Single(new Mlp(args.Sizes("sizes"), ActivationOf(args.Text("activation", "relu"))));
            case "Conv1d":
                return Single(new Conv1d(args.Int("in_channels"), args.Int("out_channels"), args.Int("kernel_size"), args.Int("stride", 1), args.Int("padding", 0)));
            case "ConvTranspose1d":
                return Single(new ConvTranspose1d(args.Int("in_channels"), args.Int("out_channels"), args.Int("kernel_size"), args.Int("stride", 1), args.Int("padding", 0)));
            case "Conv2d":
                return Single(new Conv2d(
                    args.Int("in_channels"), args.Int("out_channels"), args.Pair("kernel_size", 1), args.Pair("stride", 1), args.Pair("padding", 0),
                    args.Pair("dilation", 1), args.Flag("bias", true), args.Int("groups", 1)));
            case "ConvTranspose2d":
                return Single(new ConvTranspose2d(
                    args.Int("in_channels"), args.Int("out_channels"), args.Pair("kernel_size", 1), args.Pair("stride", 1), args.Pair("padding", 0),
                    args.Pair("output_padding", 0), args.Pair("dilation", 1), args.Flag("bias", true), args.Int("groups", 1)));
            case "BatchNorm1d":
                return Single(new BatchNorm1d(args.Int("num_features"), args.Number("eps", 1e-5), args.Number("momentum", 0.1), args.Flag("affine", true)));
            case "BatchNorm2d":
                return Single(new BatchNorm2d(args.Int("num_features"), args.Number("eps", 1e-5), args.Number("momentum", 0.1), args.Flag("affine", true)));
            case "LayerNorm":
                return Single(new LayerNorm(Shape.Create(args.Sizes("normalized_shape"))));
            case "GroupNorm":
                return Single(new GroupNorm(args.Int("num_groups"), args.Int("num_channels")));
            case "RMSNorm":
                return Single(new RmsNorm(Shape.Create(args.Sizes("normalized_shape")), args.Number("eps", 0)));
            case "Embedding":
                Embedding embedding = new(args.Int("num_embeddings"), args.Int("embedding_dim"), args.Flag("padding_idx") ? args.Int("padding_idx") : null);
                return (embedding, inputs => [embedding.Forward(inputs[0])]);
            case "RNN":
                Rnn rnn = new(
                    args.Int("input_size"), args.Int("hidden_size"), args.Int("num_layers", 1), args.Flag("bias", true), args.Flag("batch_first", false),
                    bidirectional: args.Flag("bidirectional", false), relu: args.Text("nonlinearity", "tanh") == "relu");
                return (rnn, inputs => Outputs(rnn.Forward(inputs[0], inputs.ElementAtOrDefault(1), lengths)));
            case "GRU":
                Gru gru = new(
                    args.Int("input_size"), args.Int("hidden_size"), args.Int("num_layers", 1), args.Flag("bias", true), args.Flag("batch_first", false),
                    bidirectional: args.Flag("bidirectional", false));
                return (gru, inputs => Outputs(gru.Forward(inputs[0], inputs.ElementAtOrDefault(1), lengths)));
            case "LSTM":
                Lstm lstm = new(
                    args.Int("input_size"), args.Int("hidden_size"), args.Int("num_layers", 1), args.Flag("bias", true), args.Flag("batch_first", false),
                    bidirectional: args.Flag("bidirectional", false));
                return (lstm, inputs => Outputs(lstm.Forward(inputs[0], inputs.Length > 1 ? (inputs[1], inputs[2]) : null, lengths)));
            case "RNNCell":
                RnnCell rnnCell = new(args.Int("input_size"), args.Int("hidden_size"));
                return (rnnCell, inputs => [rnnCell.Forward(inputs[0], inputs[1])]);
            case "GRUCell":
                GruCell gruCell = new(args.Int("input_size"), args.Int("hidden_size"));
                return (gruCell, inputs => [gruCell.Forward(inputs[0], inputs[1])]);
            case "LSTMCell":
                LstmCell lstmCell = new(args.Int("input_size"), args.Int("hidden_size"));
                return (lstmCell, inputs => Outputs(lstmCell.Forward(inputs[0], (inputs[1], inputs[2]))));
            case "MultiheadAttention":
                MultiheadAttention attention = new(
                    args.Int("embed_dim"), args.Int("num_heads"), bias: args.Flag("bias", true), keySize: args.Flag("kdim") ? args.Int("kdim") : null,
                    valueSize: args.Flag("vdim") ? args.Int("vdim") : null, batchFirst: args.Flag("batch_first", false));
                return (attention, inputs => Outputs(attention.Forward(
                    inputs[0], inputs[inputs.Length > 1 ? 1 : 0], inputs[inputs.Length > 1 ? 2 : 0], padding: Padding(test), causal: IsCausal(test))));
            case "TransformerEncoderLayer":
                TransformerEncoderLayer encoder = new(
                    args.Int("d_model"), args.Int("nhead"), args.Int("dim_feedforward"), 0, ActivationOf(args.Text("activation", "relu")), args.Flag("norm_first", false), args.Flag("batch_first", false));
                return (encoder, inputs => [encoder.Forward(inputs[0], causal: IsCausal(test))]);
            case "TransformerDecoderLayer":
                TransformerDecoderLayer decoder = new(args.Int("d_model"), args.Int("nhead"), args.Int("dim_feedforward"), 0, batchFirst: args.Flag("batch_first", false));
                return (decoder, inputs => [decoder.Forward(inputs[0], inputs[1], causal: IsCausal(test))]);
            default:
                throw new NotSupportedException($"No layer for {test.GetProperty("layer")}.");
        }
    }

    private static (Module, Func<Tensor[], Tensor[]>) Single(Layer layer) => (layer, inputs => [layer.Forward(inputs[0])]);

    private static Tensor[] Outputs((Tensor First, Tensor Second) results) => [results.First, results.Second];

    private static Tensor[] Outputs((Tensor First, Tensor Second, Tensor Third) results) => [results.First, results.Second, results.Third];

    private static bool IsCausal(JsonElement test) => test.GetProperty("call").Optional("causal")?.GetBoolean() ?? false;

    private static Tensor? Padding(JsonElement test)
    {
        if (test.GetProperty("call").Optional("key_padding_mask") is not { } rows)
        {
            return null;
        }
        bool[] flags = [.. rows.EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(flag => flag.GetBoolean())];
        return Tensor.From<bool>(flags, [rows.GetArrayLength(), rows[0].GetArrayLength()]);
    }

    private static Func<Tensor, Tensor> ActivationOf(string name) => name switch
    {
        "relu" => x => x.Relu(),
        "tanh" => x => x.Tanh(),
        "sigmoid" => x => x.Sigmoid(),
        "elu" => x => x.Elu(),
        "gelu" => x => x.Gelu(),
        _ => throw new NotSupportedException($"No activation {name}."),
    };

    internal readonly struct Arguments(JsonElement values)
    {
        public int Int(string name) => values.GetProperty(name).GetInt32();

        public int[] Sizes(string name) => values.GetProperty(name).Integers();

        public AxisPair Pair(string name, int otherwise)
        {
            JsonElement? found = values.Optional(name);
            return found is { ValueKind: JsonValueKind.Array } pair ? (pair[0].GetInt32(), pair[1].GetInt32()) : found?.GetInt32() ?? otherwise;
        }

        public string Text(string name, string otherwise) => values.Optional(name)?.GetString() ?? otherwise;

        public bool Flag(string name) => values.Optional(name) is not null;

        public int Int(string name, int otherwise) => values.Optional(name)?.GetInt32() ?? otherwise;

        public double Number(string name, double otherwise) => values.Optional(name)?.GetDouble() ?? otherwise;

        public bool Flag(string name, bool otherwise) => values.Optional(name)?.GetBoolean() ?? otherwise;
    }
}
