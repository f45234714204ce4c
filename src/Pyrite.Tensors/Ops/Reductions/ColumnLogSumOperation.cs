using System.Reflection;
using Pyrite.Engine;
using Pyrite.Engine.Properties;
using Pyrite.Kernels.Memory;
using Pyrite.Kernels.Reductions;

namespace Pyrite.Ops.Reductions;

/// <summary>log Σ eˣ along the middle axis of [outer, lane, inner], for many columns at once; the result is [outer, 1, inner].</summary>
internal readonly record struct ColumnLogSumOperation : IAddressOperation, ILogSumOperation
{
    /// <summary>Columns and elements from which vectors of columns are faster than a lane after the other (benchmark <c>enumeration</c>: a mixture of
    /// 5 components, a chain of 16 states). Smaller blocks become operations on single numbers in compiled programs.</summary>
    private const int LeastColumns = 8;
    private const int LeastElements = 128;

    /// <summary>Larger blocks are for several threads.</summary>
    public const int MostOnAddresses = 16 * 1024;

    /// <summary>Longer lanes are added by chunks.</summary>
    private const int MostRows = 1024;

    public string Name => "log sum exp of columns";

    /// <summary>Whether it is the way to reduce an axis.</summary>
    public static bool Suits(Shape shape, int axis) =>
        shape[axis] is > 0 and <= MostRows && shape[(axis + 1)..].Count >= LeastColumns && shape[axis..].Count >= LeastElements;

    public void Execute(ReadOnlySpan<Tensor> inputs, Tensor output)
    {
        Shape blocks = inputs[0].Shape;
        if (output.DType == DType.Float32)
        {
            ColumnExponentials<float>.LogSum(inputs[0].Read<float>(), output.Write<float>(), blocks[0], blocks[1], blocks[2]);
        }
        else
        {
            ColumnExponentials<double>.LogSum(inputs[0].Read<double>(), output.Write<double>(), blocks[0], blocks[1], blocks[2]);
        }
    }

    /// <summary>The gradient is the softmax; where all is -∞ it is 0.</summary>
    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input)
    {
        Tensor gradient = Executor.Apply(new ColumnShareOperation(), new TensorSpec(inputs[0].Shape, inputs[0].DType), inputs[0], output, upstream);
        return SilentZeros.IsOn ? SilentZeros.KeepLanes(gradient, upstream) : gradient;
    }

    public (MethodInfo Method, int[] Sizes)? OnAddresses(ReadOnlySpan<Shape> shapes, Shape result) => shapes[0].Count > MostOnAddresses
        ? null
        : (typeof(ColumnLogSumOperation).GetMethod(nameof(Run))!, [.. shapes[0].Sizes]);

    /// <summary>The kernel on plain memory.</summary>
    public static void Run(nint x, nint y, int outer, int length, int inner) => ColumnExponentials<double>.LogSum(
        PlainMemory.Read(x, outer * length * inner), PlainMemory.Write(y, outer * inner), outer, length, inner);
}
