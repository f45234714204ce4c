namespace Pyrite.Tests;

public sealed class ConvGoldenTests
{
    internal static readonly Dictionary<string, GoldenRun.Operation> Operations = new()
    {
        ["conv1d"] = (x, a) => [x[0].Conv1d(x[1], Third(x), a.Int("stride", 1), a.Int("padding"), a.Int("dilation", 1), a.Int("groups", 1))],
        ["conv2d"] = (x, a) => [x[0].Conv2d(x[1], Third(x), Pair(a, "stride", 1), Pair(a, "padding", 0), Pair(a, "dilation", 1), a.Int("groups", 1))],
        ["conv3d"] = (x, a) => [x[0].Conv3d(x[1], Third(x), a.Int("stride", 1), a.Int("padding"), a.Int("dilation", 1), a.Int("groups", 1))],
        ["conv_transpose1d"] =
            (x, a) =>
                [x[0]
                    .ConvTranspose1d(x[1], Third(x), a.Int("stride", 1), a.Int("padding"), a.Int("output_padding"), a.Int("dilation", 1),
                    a.Int("groups", 1))],
        ["conv_transpose2d"] =
            (x, a) =>
                [x[0]
                    .ConvTranspose2d(x[1], Third(x), Pair(a, "stride", 1), Pair(a, "padding", 0), Pair(a, "output_padding", 0),
                    Pair(a, "dilation", 1), a.Int("groups", 1))],
        ["max_pool1d"] =
            (x, a) =>
                ReduceGoldenTests.Pair(
                    x[0].MaxPool1d(a.Int("kernel_size"), a.Has("stride") ? a.Int("stride") : null, a.Int("padding"), a.Int("dilation", 1),
                        a.Bool("ceil_mode"))),
        ["max_pool2d"] =
            (x, a) =>
                ReduceGoldenTests.Pair(
                    x[0].MaxPool2d(Pair(a, "kernel_size", 1), Stride(a), Pair(a, "padding", 0), Pair(a, "dilation", 1), a.Bool("ceil_mode"))),
        ["avg_pool1d"] =
            (x, a) =>
                [x[0]
                    .AveragePool1d(a.Int("kernel_size"), a.Has("stride") ? a.Int("stride") : null, a.Int("padding"), a.Bool("ceil_mode"),
                    a.Bool("count_include_pad", true))],
        ["avg_pool2d"] =
            (x, a) =>
                [x[0]
                    .AveragePool2d(Pair(a, "kernel_size", 1), Stride(a), Pair(a, "padding", 0), a.Bool("ceil_mode"),
                    a.Bool("count_include_pad", true))],
        ["adaptive_avg_pool2d"] = (x, a) => [x[0].AdaptiveAveragePool2d(Pair(a, "output_size", 1))],
        ["adaptive_max_pool2d"] = (x, a) => Indexed(x[0].AdaptiveMaxPool2d(Pair(a, "output_size", 1)), a),
        ["upsample_nearest"] = (x, a) => [x[0].UpsampleNearest(Size(x[0], a))],
        ["upsample_bilinear"] = (x, a) => [x[0].UpsampleBilinear(Size(x[0], a), a.Bool("align_corners"))],
        ["upsample_linear"] = (x, a) => [x[0].UpsampleLinear(a.Int("size"), a.Bool("align_corners"))],
        ["pixel_shuffle"] = (x, a) => [x[0].PixelShuffle(a.Int("upscale_factor"))],
    };

    private static readonly GoldenGroup Group = new("conv");

    public static TheoryData<string> Names => Group.Names;

    [Theory, MemberData(nameof(Names))]
    public void Case_holds(string name) => GoldenRun.Check(Group, name, Operations);

    private static Tensor? Third(Tensor[] inputs) => inputs.Length > 2 ? inputs[2] : null;

    private static AxisPair? Stride(GoldenArguments arguments) => arguments.Has("stride") ? Pair(arguments, "stride", 1) : null;

    private static AxisPair Pair(GoldenArguments arguments, string name, int missing)
    {
        int[] values = arguments.Ints(name);
        return values.Length switch { 0 => missing, 1 => values[0], _ => (values[0], values[1]) };
    }

    private static AxisPair Size(Tensor x, GoldenArguments arguments) =>
        arguments.Has("size")
            ? Pair(arguments, "size", 1)
            : (x.Shape[^2] * arguments.Int("scale_factor"), x.Shape[^1] * arguments.Int("scale_factor"));

    /// <summary>The golden file lists the values alone.</summary>
    private static Tensor[] Indexed((Tensor Values, Tensor Indices) pair, GoldenArguments arguments) =>
        arguments.Bool("return_indices") ? [pair.Values, pair.Indices] : [pair.Values];
}
