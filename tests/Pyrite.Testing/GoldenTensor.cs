namespace Pyrite.Testing;

/// <summary>A tensor of a golden JSON file: a shape and row-major numbers.</summary>
public sealed record GoldenTensor
{
    /// <summary>Checks that the shape and the count of numbers agree.</summary>
    public GoldenTensor(int[] shape, double[] data)
    {
        int count = shape.Aggregate(1, (product, size) => checked(product * size));
        if (count != data.Length)
        {
            throw new InvalidDataException($"Golden tensor: shape [{string.Join(", ", shape)}] has {count} entries, the data {data.Length}.");
        }
        Shape = shape;
        Data = data;
    }

    /// <summary>The sizes of the dimensions; empty for a scalar.</summary>
    public int[] Shape { get; }

    /// <summary>The entries, row-major.</summary>
    public double[] Data { get; }

    /// <summary>The same numbers as a tensor.</summary>
    public Tensor ToTensor(DType type = DType.Float64) => Tensor.From<double>(Data, Pyrite.Shape.Create(Shape)).To(type);
}
