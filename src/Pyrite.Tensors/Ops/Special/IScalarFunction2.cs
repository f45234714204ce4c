namespace Pyrite;

/// <summary>A real function of two numbers that is computed number by number; see <see cref="IScalarFunction"/>.</summary>
public interface IScalarFunction2
{
    /// <summary>The name that errors and <see cref="ExecutionPlan"/> show, in lower case.</summary>
    static abstract string Name { get; }

    /// <summary>The value at (a, b).</summary>
    static abstract double Of(double a, double b);

    /// <summary>The gradient for one argument, written in operations of tensors.</summary>
    /// <param name="a">The first argument.</param>
    /// <param name="b">The second argument.</param>
    /// <param name="y">The result.</param>
    /// <param name="dy">The gradient for the result.</param>
    /// <param name="input">0 for <paramref name="a"/>, 1 for <paramref name="b"/>.</param>
    /// <returns>Of the result's shape; null for a slope that is 0 everywhere.</returns>
    static abstract Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input);
}
