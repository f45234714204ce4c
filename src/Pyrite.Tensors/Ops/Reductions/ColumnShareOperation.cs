using System.Reflection;
using Pyrite.Engine;
using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Reductions;

namespace Pyrite.Ops.Reductions;

/// <summary>u eˣ⁻ʸ with x [outer, lane, inner] and y, u [outer, 1, inner]; 0 where y is -∞.</summary>
internal readonly record struct ColumnShareOperation : IAddressOperation
{
    public string Name => "shares of columns";

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        Shape blocks = output.Shape;
        if (output.DType == DType.Float32)
        {
            ColumnExponentials<float>.Shares(inputs[0].Read<float>(), inputs[1].Read<float>(), inputs[2].Read<float>(), output.Write<float>(),
                blocks[0], blocks[1], blocks[2]);
        }
        else
        {
            ColumnExponentials<double>.Shares(inputs[0].Read<double>(), inputs[1].Read<double>(), inputs[2].Read<double>(), output.Write<double>(),
                blocks[0], blocks[1], blocks[2]);
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => input switch
    {
        0 => upstream * output,
        1 => -(upstream * output).Sum(1, keepDimensions: true),
        _ => (upstream * (inputs[0] - Tensor.Where(inputs[1].EqualTo(double.NegativeInfinity), 0.0, inputs[1])).Exp()).Sum(1, keepDimensions: true),
    };

    public (MethodInfo Method, int[] Sizes)? OnAddresses(ReadOnlySpan<Shape> shapes, Shape result) =>
        result.Count > ColumnLogSumOperation.MostOnAddresses ? null
        : (typeof(ColumnShareOperation).GetMethod(nameof(Run))!, [.. result.Sizes]);

    /// <summary>The kernel on plain memory.</summary>
    public static void Run(nint x, nint y, nint u, nint z, int outer, int length, int inner) => ColumnExponentials<double>.Shares(
        PlainMemory.Read(x, outer * length * inner), PlainMemory.Read(y, outer * inner), PlainMemory.Read(u, outer * inner),
        PlainMemory.Write(z, outer * length * inner), outer, length, inner);
}
