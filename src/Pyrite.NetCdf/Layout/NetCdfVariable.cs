using System.Runtime.InteropServices;
using Pyrite.Hdf5;

namespace Pyrite.Layout;

/// <summary>An array in a file: numbers with named dimensions.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="Dimensions">Its dimensions.</param>
/// <param name="Type">What its elements are in the file: Float64, Int64, or Bool.</param>
/// <param name="Values">Its numbers, row-major.</param>
internal sealed record NetCdfVariable(string Name, IReadOnlyList<NetCdfDimension> Dimensions, DType Type, ReadOnlyMemory<double> Values)
{
    /// <summary>Whether the numbers are angles.</summary>
    public bool IsCircular { get; init; }

    /// <summary>Draws of a quantity: chains and draws come first.</summary>
    public static NetCdfVariable Of(Draws draws, DrawsVariable variable, string name, DType type) => new(
        name,
        [
            new NetCdfDimension("chain", draws.Chains), new NetCdfDimension("draw", draws.DrawsPerChain),
            .. variable.Dimensions.Select((dimension, axis) => new NetCdfDimension(dimension, variable.EventShape[axis], variable.EntryNames[axis])),
        ],
        type, variable.Values.ToArray())
    {
        IsCircular = variable.IsCircular,
    };

    /// <summary>The array without its links.</summary>
    public Hdf5Array Array() => new(
        Type switch { DType.Int64 => Hdf5Type.Int64, DType.Bool => Hdf5Type.Int8, _ => Hdf5Type.Float64 },
        [.. Dimensions.Select(dimension => dimension.Size)], Write);

    private void Write(Stream stream)
    {
        switch (Type)
        {
            case DType.Int64:
                stream.Write(MemoryMarshal.AsBytes<long>(System.Array.ConvertAll(Values.ToArray(), value => (long)value)));
                break;
            case DType.Bool:
                stream.Write(System.Array.ConvertAll(Values.ToArray(), value => (byte)(value == 0 ? 0 : 1)));
                break;
            default:
                stream.Write(MemoryMarshal.AsBytes(Values.Span));
                break;
        }
    }
}
