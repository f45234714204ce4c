using System.Numerics;
using System.Runtime.InteropServices;

namespace Pyrite.Filtering;

/// <summary>The stationary covariances of x' = T x + N(0, Q), [chains, n²], out of T and Q side by side, [chains, 2 n²]; no numbers where T is not
/// stable.</summary>
internal readonly record struct StationaryOperation(int States) : ITensorOperation
{
    public string Name => "stationary covariance";

    public Shape ResultShape(ReadOnlySpan<Shape> inputs) => [inputs[0][0], States * States];

    public void Compute<T>(OperationInputs<T> inputs, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<double> numbers = MemoryMarshal.Cast<T, double>(inputs[0]);
        Span<double> covariances = MemoryMarshal.Cast<T, double>(result);
        int size = States * States;
        for (int i = 0; i < covariances.Length / size; i++)
        {
            Lyapunov.Solve(numbers.Slice(2 * i * size, size), numbers.Slice(((2 * i) + 1) * size, size), covariances.Slice(i * size, size), States);
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) =>
        Tensor.Apply(new StationaryGradientOperation(States), inputs[0], output, upstream);
}

/// <summary>The gradients of <see cref="StationaryOperation"/>, [chains, 2 n²].</summary>
internal readonly record struct StationaryGradientOperation(int States) : ITensorOperation
{
    public string Name => "gradient of a stationary covariance";

    public Shape ResultShape(ReadOnlySpan<Shape> inputs) => inputs[0];

    public void Compute<T>(OperationInputs<T> inputs, Span<T> result) where T : unmanaged, IFloatingPointIeee754<T>
    {
        ReadOnlySpan<double> numbers = MemoryMarshal.Cast<T, double>(inputs[0]), covariances = MemoryMarshal.Cast<T, double>(inputs[1]);
        ReadOnlySpan<double> upstream = MemoryMarshal.Cast<T, double>(inputs[2]);
        Span<double> gradients = MemoryMarshal.Cast<T, double>(result);
        int size = States * States;
        for (int i = 0; i < covariances.Length / size; i++)
        {
            Lyapunov.Gradient(numbers.Slice(2 * i * size, size), covariances.Slice(i * size, size), upstream.Slice(i * size, size),
                gradients.Slice(2 * i * size, size), gradients.Slice(((2 * i) + 1) * size, size), States);
        }
    }

    public Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor output, Tensor upstream, int input) => throw new NotSupportedException(
        "The gradient of a stationary covariance was to be differentiated once more, which it has no rule for. Take second derivatives by "
            + "differences of its gradients.");
}
