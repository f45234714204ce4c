using System.Numerics;
using System.Runtime.InteropServices;

namespace Pyrite.Filtering;

/// <summary>The log-likelihoods of series under linear Gaussian systems, [series], out of the numbers of systems and data, [series,
/// length].</summary>
internal readonly record struct FilterOperation(SystemShape System) : ITensorOperation
{
    public string Name => "Kalman filter";

    public Shape ResultShape(ReadOnlySpan<Shape> inputs) => [inputs[0][0]];

    public void Compute<T>(OperationInputs<T> inputs, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<double> numbers = MemoryMarshal.Cast<T, double>(inputs[0]);
        for (int i = 0; i < result.Length; i++)
        {
            FilterPass pass = FilterPass.Of(System, numbers.Slice(i * System.Length, System.Length));
            result[i] = T.CreateChecked(pass.IsProper ? pass.LogLikelihood : double.NaN);
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
        Tensor.Apply(new FilterGradientOperation(System), inputs[0], upstream);
}

/// <summary>The gradients of <see cref="FilterOperation"/>, [series, length].</summary>
internal readonly record struct FilterGradientOperation(SystemShape System) : ITensorOperation
{
    public string Name => "gradient of the Kalman filter";

    public Shape ResultShape(ReadOnlySpan<Shape> inputs) => inputs[0];

    public void Compute<T>(OperationInputs<T> inputs, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<double> numbers = MemoryMarshal.Cast<T, double>(inputs[0]), upstream = MemoryMarshal.Cast<T, double>(inputs[1]);
        Span<double> gradients = MemoryMarshal.Cast<T, double>(result);
        for (int i = 0; i < upstream.Length; i++)
        {
            if (upstream[i] != 0)
            {
                FilterGradient.Add(System, numbers.Slice(i * System.Length, System.Length), upstream[i],
                    gradients.Slice(i * System.Length, System.Length));
            }
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => throw new NotSupportedException(
        "The gradient of the Kalman filter was to be differentiated once more, which it has no rule for. Take second derivatives by differences of "
            + "its gradients.");
}
