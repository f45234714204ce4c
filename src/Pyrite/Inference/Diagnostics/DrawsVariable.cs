using System.Runtime.CompilerServices;
using Pyrite.Language.Sites;

namespace Pyrite;

/// <summary>The draws of one named quantity, a scalar or an array.</summary>
/// <remarks>
/// Numbers are kept as Float64, row-major [chains, draws, event…], or [draws, event…] for draws without chains; whole numbers (<see cref="DType"/>
/// Int64) are exact up to 2^53.
/// </remarks>
public sealed class DrawsVariable
{
    private readonly double[] values;
    private string[]? scalarNames;

    /// <summary>Names an array of draws.</summary>
    /// <param name="name">The name, of a site for instance.</param>
    /// <param name="eventShape">The shape of one draw; <see cref="Shape.Scalar"/> for a number.</param>
    /// <param name="values">All draws, row-major; the array is taken over, not copied, and must not change afterwards.</param>
    /// <param name="dimensions">What the axes of a draw are called, such as "schools"; by default name_dim_0, name_dim_1, …</param>
    /// <param name="type">What tensors of the draws hold: Float64, or Int64 for counts and categories.</param>
    /// <exception cref="ArgumentException">The name is empty, or there are not as many dimensions as axes, or the values are no whole number of
    /// draws, or the type is another one.</exception>
    public DrawsVariable(string name, Shape eventShape, double[] values, IReadOnlyList<string>? dimensions = null, DType type = DType.Float64)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(eventShape);
        ArgumentNullException.ThrowIfNull(values);
        if (dimensions is not null && dimensions.Count != eventShape.Rank)
        {
            throw new ArgumentException(
                $"Draws of \"{name}\" have {eventShape.Rank} axes, shape {eventShape}; {dimensions.Count} dimension names were given.",
                    nameof(dimensions));
        }
        if (eventShape.Count == 0 ? values.Length != 0 : values.Length % eventShape.Count != 0)
        {
            throw new ArgumentException($"{values.Length} numbers are no whole number of draws of \"{name}\" with shape {eventShape}.",
                nameof(values));
        }
        if (type is not (DType.Float64 or DType.Int64))
        {
            throw new ArgumentException($"Draws of \"{name}\" are Float64, or Int64 for whole numbers; found {type}.", nameof(type));
        }
        Name = name;
        EventShape = eventShape;
        DType = type;
        this.values = values;
        Dimensions = dimensions ?? DefaultDimensions(name, eventShape.Rank);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The shape of one draw.</summary>
    public Shape EventShape { get; }

    /// <summary>What tensors of the draws hold: Int64 for sites of counts, categories and truth values, else Float64.</summary>
    public DType DType { get; }

    /// <summary>Whether the numbers are angles in radians, of which those 2π apart are the same; summaries then give circular statistics.</summary>
    public bool IsCircular { get; init; }

    /// <summary>Of which entries of a larger whole the first axis is; null where it is all of it.</summary>
    internal BatchPart? Part { get; init; }

    /// <summary>What the axes of a draw are called, one name per axis.</summary>
    public IReadOnlyList<string> Dimensions { get; }

    /// <summary>All numbers, row-major.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>A name for each number of a draw: <c>tau</c>, or <c>theta[0]</c>, <c>theta[1]</c>, …, or <c>sigma[0,0]</c>, …, row-major. Missing
    /// entries of a partly observed site go by their places in the data: <c>y_unobserved[17]</c>, <c>y_unobserved[40]</c>.</summary>
    public IReadOnlyList<string> ScalarNames => scalarNames ??= NameScalars();

    internal int Size => checked((int)EventShape.Count);

    /// <summary>The draws of one number of the array, chain after chain.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal double[] Scalar(int index)
    {
        int size = Size;
        if (size == 1)
        {
            return values;
        }
        double[] column = new double[values.Length / size];
        for (int i = 0; i < column.Length; i++)
        {
            column[i] = values[(i * size) + index];
        }
        return column;
    }

    /// <summary>The same quantity with other draws.</summary>
    internal DrawsVariable With(double[] others) => new(Name, EventShape, others, Dimensions, DType) { IsCircular = IsCircular, Part = Part };

    private static string[] DefaultDimensions(string name, int rank)
    {
        string[] names = new string[rank];
        for (int axis = 0; axis < rank; axis++)
        {
            names[axis] = name + "_dim_" + axis.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        return names;
    }

    private string[] NameScalars()
    {
        string[] names = new string[Size];
        if (Part is { } part)
        {
            Shape events = EventShape[1..];
            string[] places = [.. part.Names];
            for (int i = 0; i < names.Length; i++)
            {
                int size = checked((int)events.Count);
                names[i] = $"{Name}[{places[i / size]}{(events.Rank == 0 ? "" : "," + EntryIndex.Text(events, i % size, 0, ','))}]";
            }
            return names;
        }
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = EventShape.Rank == 0 ? Name : Name + "[" + EntryIndex.Text(EventShape, i, 0, ',') + "]";
        }
        return names;
    }
}
