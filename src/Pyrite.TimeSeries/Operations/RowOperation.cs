using System.Numerics;
using System.Runtime.InteropServices;

namespace Pyrite.Operations;

/// <summary>A function of each row of a tensor of Float64, [rows, arguments] to [rows, results], with its first derivatives.</summary>
internal readonly record struct RowOperation<TFunction>(TFunction Function) : ITensorOperation where TFunction : struct, IRowFunction
{
    public string Name => Function.Name;

    public int? EntryRank => 1;

    /// <summary>The results for rows, [rows, arguments] of Float64.</summary>
    public static Tensor Of(TFunction function, Tensor rows) => Tensor.Apply(new RowOperation<TFunction>(function), rows);

    public Shape ResultShape(ReadOnlySpan<Shape> inputs) => [inputs[0][0], Function.ResultCount];

    public void Compute<T>(OperationInputs<T> inputs, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<double> arguments = MemoryMarshal.Cast<T, double>(inputs[0]);
        Span<double> results = MemoryMarshal.Cast<T, double>(result);
        (int taken, int given) = (Function.ArgumentCount, Function.ResultCount);
        for (int row = 0; row < results.Length / given; row++)
        {
            Function.Compute(arguments.Slice(row * taken, taken), results.Slice(row * given, given));
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
        Tensor.Apply(new RowGradientOperation<TFunction>(Function), inputs[0], output, upstream);
}

/// <summary>The gradients of <see cref="RowOperation{TFunction}"/>, [rows, arguments].</summary>
internal readonly record struct RowGradientOperation<TFunction>(TFunction Function) : ITensorOperation where TFunction : struct, IRowFunction
{
    public string Name => "gradient of " + Function.Name;

    public int? EntryRank => 1;

    public Shape ResultShape(ReadOnlySpan<Shape> inputs) => inputs[0];

    public void Compute<T>(OperationInputs<T> inputs, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<double> arguments = MemoryMarshal.Cast<T, double>(inputs[0]), results = MemoryMarshal.Cast<T, double>(inputs[1]);
        ReadOnlySpan<double> upstream = MemoryMarshal.Cast<T, double>(inputs[2]);
        Span<double> gradients = MemoryMarshal.Cast<T, double>(result);
        (int taken, int given) = (Function.ArgumentCount, Function.ResultCount);
        for (int row = 0; row < results.Length / given; row++)
        {
            Function.AddGradient(arguments.Slice(row * taken, taken), results.Slice(row * given, given), upstream.Slice(row * given, given),
                gradients.Slice(row * taken, taken));
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => throw SecondDerivative.Refused(Function.Name);
}
