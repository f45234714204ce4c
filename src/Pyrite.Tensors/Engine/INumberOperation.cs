namespace Pyrite.Engine;

/// <summary>An operation that can be taken apart into operations on the single elements of its inputs.</summary>
internal interface INumberOperation : IOperation
{
    /// <summary>About how many operations on numbers it is; null where it is none.</summary>
    /// <param name="shapes">The shapes of the inputs.</param>
    /// <param name="result">The shape of the result.</param>
    long? NumberCost(ReadOnlySpan<Shape> shapes, Shape result);

    /// <summary>The elements of the result.</summary>
    /// <param name="numbers">Takes the operations down.</param>
    /// <param name="shapes">The shapes of the inputs.</param>
    /// <param name="inputs">The elements of each input.</param>
    /// <param name="result">The shape of the result.</param>
    int[] InNumbers(INumbers numbers, ReadOnlySpan<Shape> shapes, int[][] inputs, Shape result);
}
