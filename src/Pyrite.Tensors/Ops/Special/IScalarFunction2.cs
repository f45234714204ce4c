namespace Pyrite.Ops.Special;

/// <summary>A real function of two numbers, computed in double precision whatever the element type.</summary>
internal interface IScalarFunction2
{
    /// <summary>The operation's name.</summary>
    static abstract string Name { get; }

    /// <summary>The value at (a, b).</summary>
    static abstract double Of(double a, double b);

    /// <summary>The gradient for an input (0 or 1), written in operations.</summary>
    static abstract Tensor? Pullback(Tensor a, Tensor b, Tensor y, Tensor dy, int input);
}
