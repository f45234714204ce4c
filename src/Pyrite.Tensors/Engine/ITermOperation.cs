namespace Pyrite.Engine;

/// <summary>An operation each element of whose result is a sum of elements of its inputs, of one alone, or 0: slices, broadcasts, joins, sums and
/// their gradients.</summary>
internal interface ITermOperation : IOperation
{
    /// <summary>The input that says which elements; null where the operation itself does.</summary>
    int? IndexInput => null;

    /// <summary>Whether an element of the result may have several terms.</summary>
    bool IsSum => false;

    /// <summary>Names all terms, those of one element in the order in which they are added.</summary>
    /// <param name="shapes">The shapes of the inputs.</param>
    /// <param name="indices">The elements of <see cref="IndexInput"/>; empty without one.</param>
    /// <param name="result">The shape of the result.</param>
    /// <param name="add">Takes an element of the result, an input, and the element of it that is a term.</param>
    void Terms(ReadOnlySpan<Shape> shapes, ReadOnlySpan<long> indices, Shape result, Action<int, int, int> add);
}
