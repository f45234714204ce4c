namespace Pyrite;

/// <summary>A real function of up to eight numbers that is computed number by number; see <see cref="IScalarFunction"/>.</summary>
public interface IScalarFunctionOfMany
{
    /// <summary>The name that errors and <see cref="ExecutionPlan"/> show, in lower case.</summary>
    static abstract string Name { get; }

    /// <summary>The value at the arguments.</summary>
    static abstract double Of(ReadOnlySpan<double> arguments);

    /// <summary>The gradient for one argument, written in operations of tensors.</summary>
    /// <param name="inputs">The arguments, of the result's shape and type.</param>
    /// <param name="y">The result.</param>
    /// <param name="dy">The gradient for the result.</param>
    /// <param name="input">Which argument, from 0.</param>
    /// <returns>Of the result's shape; null for a slope that is 0 everywhere.</returns>
    static abstract Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input);
}
