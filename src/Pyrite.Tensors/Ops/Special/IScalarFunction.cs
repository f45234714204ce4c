namespace Pyrite.Ops.Special;

/// <summary>A real function of one number, computed in double precision whatever the element type.</summary>
internal interface IScalarFunction
{
    /// <summary>The operation's name.</summary>
    static abstract string Name { get; }

    /// <summary>The value at x.</summary>
    static abstract double Of(double x);

    /// <summary>The gradient for the argument, written in operations.</summary>
    static abstract Tensor? Pullback(Tensor x, Tensor y, Tensor dy);
}
