namespace Pyrite;

/// <summary>How one number is drawn from uniform numbers and up to two parameters: implement it in a struct without fields, and draw with
/// <c>key.Draw&lt;TRule&gt;(first, second, shape, type)</c>.</summary>
/// <remarks>For methods that need an unknown number of uniform numbers, such as rejection. Each element has a stream of its own, so the draws do not
/// depend on the number of threads.</remarks>
public interface IDrawRule
{
    /// <summary>The name that errors and <see cref="ExecutionPlan"/> show, in lower case.</summary>
    static abstract string Name { get; }

    /// <summary>One draw.</summary>
    /// <param name="uniforms">The element's own uniform numbers.</param>
    /// <param name="first">The first parameter.</param>
    /// <param name="second">The second parameter.</param>
    static abstract double Draw(ref UniformStream uniforms, double first, double second);
}
