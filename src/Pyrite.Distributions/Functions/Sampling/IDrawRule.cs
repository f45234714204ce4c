namespace Pyrite.Functions.Sampling;

/// <summary>How one number is drawn from uniform numbers and up to two parameters.</summary>
internal interface IDrawRule
{
    /// <summary>The operation's name.</summary>
    static abstract string Name { get; }

    /// <summary>One draw.</summary>
    static abstract double Draw(ref UniformStream uniforms, double first, double second);
}
