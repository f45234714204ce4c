namespace Pyrite.Ops.Special;

/// <summary>A real function of several numbers, computed in double precision whatever the element type.</summary>
internal interface IScalarFunctionOfMany
{
    /// <summary>The operation's name.</summary>
    static abstract string Name { get; }

    /// <summary>The value at the arguments.</summary>
    static abstract double Of(ReadOnlySpan<double> arguments);

    /// <summary>The gradient for an input, written in operations.</summary>
    static abstract Tensor? Pullback(ReadOnlySpan<Tensor> inputs, Tensor y, Tensor dy, int input);
}
