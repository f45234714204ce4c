namespace Pyrite;

/// <summary>One of the tensors that a batch is made of.</summary>
/// <param name="Name">What errors call it, such as "images".</param>
/// <param name="RowShape">The shape of one row, without the batch axis; scalar for a label.</param>
/// <param name="DType">The type of its elements in a batch.</param>
public sealed record BatchField(string Name, Shape RowShape, DType DType);
