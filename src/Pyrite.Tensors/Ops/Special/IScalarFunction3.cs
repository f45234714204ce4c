namespace Pyrite.Ops.Special;

/// <summary>A real function of three numbers, computed in double precision whatever the element type.</summary>
internal interface IScalarFunction3
{
    /// <summary>The operation's name.</summary>
    static abstract string Name { get; }

    /// <summary>The value at (a, b, c).</summary>
    static abstract double Of(double a, double b, double c);

    /// <summary>The gradient for an input (0, 1 or 2), written in operations.</summary>
    static abstract Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input);
}
