namespace Pyrite;

/// <summary>A real function of three numbers that is computed number by number; see <see cref="IScalarFunction"/>.</summary>
public interface IScalarFunction3
{
    /// <summary>The name that errors and <see cref="ExecutionPlan"/> show, in lower case.</summary>
    static abstract string Name { get; }

    /// <summary>The value at (a, b, c).</summary>
    static abstract double Of(double a, double b, double c);

    /// <summary>The gradient for one argument, written in operations of tensors.</summary>
    /// <param name="inputs">The three arguments, of the result's shape and type.</param>
    /// <param name="y">The result.</param>
    /// <param name="dy">The gradient for the result.</param>
    /// <param name="input">Which argument: 0, 1 or 2.</param>
    /// <returns>Of the result's shape; null for a slope that is 0 everywhere.</returns>
    static abstract Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input);
}
