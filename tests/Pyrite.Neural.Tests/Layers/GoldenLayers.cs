using System.Text.Json;
using Pyrite.Testing;

namespace Pyrite.Neural.Tests.Layers;

/// <summary>Builds a layer of the golden files from torch's arguments, and calls it.</summary>
internal static class GoldenLayers
{
    private static readonly string[] Known = ["Linear", "Conv2d", "ConvTranspose2d"];

    /// <summary>Whether there is a layer with these arguments: square kernels, one group.</summary>
    public static bool CanBuild(JsonElement test) =>
        Known.Contains(test.GetProperty("layer").GetString()) && test.GetProperty("args").Optional("groups") is null;

    public static (Module Module, Func<Tensor[], Tensor[]> Call) Build(JsonElement test)
    {
        Arguments args = new(test.GetProperty("args"));
        switch (test.GetProperty("layer").GetString())
        {
            case "Linear":
                return Single(new Linear(args.Int("in_features"), args.Int("out_features"), args.Flag("bias", true)));
            case "Conv2d":
                return Single(new Conv2d(
                    args.Int("in_channels"), args.Int("out_channels"), args.Int("kernel_size"), args.Int("stride", 1), args.Int("padding", 0), args.Int("dilation", 1), args.Flag("bias", true)));
            case "ConvTranspose2d":
                return Single(new ConvTranspose2d(
                    args.Int("in_channels"), args.Int("out_channels"), args.Int("kernel_size"), args.Int("stride", 1), args.Int("padding", 0),
                    args.Int("output_padding", 0), args.Int("dilation", 1), args.Flag("bias", true)));
            default:
                throw new NotSupportedException($"No layer for {test.GetProperty("layer")}.");
        }
    }

    private static (Module, Func<Tensor[], Tensor[]>) Single(Layer layer) => (layer, inputs => [layer.Forward(inputs[0])]);

    internal readonly struct Arguments(JsonElement values)
    {
        public int Int(string name) => values.GetProperty(name).GetInt32();

        public int Int(string name, int otherwise) => values.Optional(name)?.GetInt32() ?? otherwise;

        public double Number(string name, double otherwise) => values.Optional(name)?.GetDouble() ?? otherwise;

        public bool Flag(string name, bool otherwise) => values.Optional(name)?.GetBoolean() ?? otherwise;
    }
}
