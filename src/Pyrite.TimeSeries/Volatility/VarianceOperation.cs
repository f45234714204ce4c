using System.Numerics;
using System.Runtime.InteropServices;

namespace Pyrite.Volatility;

/// <summary>The variances of a GARCH process, [series, steps], out of coefficients and residuals, [series, length].</summary>
internal readonly record struct VarianceOperation(VarianceShape Process) : ITensorOperation
{
    public string Name => "GARCH variances";

    public Shape ResultShape(ReadOnlySpan<Shape> inputs) => [inputs[0][0], Process.Steps];

    public void Compute<T>(OperationInputs<T> inputs, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<double> numbers = MemoryMarshal.Cast<T, double>(inputs[0]);
        Span<double> variances = MemoryMarshal.Cast<T, double>(result);
        for (int i = 0; i < variances.Length / Process.Steps; i++)
        {
            VarianceRecursion.Run(Process, numbers.Slice(i * Process.Length, Process.Length), variances.Slice(i * Process.Steps, Process.Steps));
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
        Tensor.Apply(new VarianceGradientOperation(Process), inputs[0], output, upstream);
}

/// <summary>The gradients of <see cref="VarianceOperation"/>, [series, length].</summary>
internal readonly record struct VarianceGradientOperation(VarianceShape Process) : ITensorOperation
{
    public string Name => "gradient of GARCH variances";

    public Shape ResultShape(ReadOnlySpan<Shape> inputs) => inputs[0];

    public void Compute<T>(OperationInputs<T> inputs, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<double> numbers = MemoryMarshal.Cast<T, double>(inputs[0]), variances = MemoryMarshal.Cast<T, double>(inputs[1]);
        ReadOnlySpan<double> upstream = MemoryMarshal.Cast<T, double>(inputs[2]);
        Span<double> gradients = MemoryMarshal.Cast<T, double>(result);
        for (int i = 0; i < variances.Length / Process.Steps; i++)
        {
            VarianceRecursion.Backward(Process, numbers.Slice(i * Process.Length, Process.Length), variances.Slice(i * Process.Steps, Process.Steps),
                upstream.Slice(i * Process.Steps, Process.Steps), gradients.Slice(i * Process.Length, Process.Length));
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => throw new NotSupportedException(
        "The gradient of GARCH variances was to be differentiated once more, which it has no rule for. Take second derivatives by differences of its "
            + "gradients.");
}
