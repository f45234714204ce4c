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
    private readonly IReadOnlyList<string>?[]? entryNames;
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

    /// <summary>What the entries along each axis of a draw are called, such as the schools by theirs; null for an axis whose entries have numbers
    /// only.</summary>
    /// <exception cref="ArgumentException">There is not one list an axis, or a list has not as many names as entries, or a name twice.</exception>
    public IReadOnlyList<IReadOnlyList<string>?> EntryNames
    {
        get => entryNames ?? new IReadOnlyList<string>?[EventShape.Rank];
        init => entryNames = Checked(value);
    }

    /// <summary>All numbers, row-major.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>A name for each number of a draw: <c>tau</c>, or <c>theta[Choate]</c> where entries have names, or <c>theta[0]</c>, <c>theta[1]</c>,
    /// …, or <c>sigma[0,0]</c>, …, row-major. Missing entries of a partly observed site go by their places in the data: <c>y_unobserved[17]</c>,
    /// <c>y_unobserved[40]</c>.</summary>
    public IReadOnlyList<string> ScalarNames => scalarNames ??= NameScalars();

    /// <summary>The draws of one entry by its name, <c>draws.Variable("theta").At("Choate")</c>, without the axis that it was found on.</summary>
    /// <param name="entry">The name of an entry.</param>
    /// <param name="dimension">The name of the axis to look at; the first that has such an entry if null.</param>
    /// <exception cref="KeyNotFoundException">There is no such entry or axis; the message says what there is.</exception>
    public DrawsVariable At(string entry, string? dimension = null)
    {
        (int axis, int place) = Find(entry, dimension);
        DrawsVariable one = Along(axis, [place]);
        Shape others = EventShape[..axis] + EventShape[(axis + 1)..];
        return new DrawsVariable($"{Name}[{entry}]", others, one.values, [.. Dimensions.Where((_, i) => i != axis)], DType)
        {
            EntryNames = [.. EntryNames.Where((_, i) => i != axis)],
            IsCircular = IsCircular,
            Part = one.Part,
        };
    }

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

    /// <summary>Only some of the entries along an axis, in the order asked for.</summary>
    internal DrawsVariable Along(int axis, ReadOnlySpan<int> places)
    {
        int inner = checked((int)EventShape[(axis + 1)..].Count), length = EventShape[axis], outer = values.Length / (inner * length);
        double[] chosen = new double[checked(outer * places.Length * inner)];
        for (int i = 0; i < outer; i++)
        {
            for (int j = 0; j < places.Length; j++)
            {
                values.AsSpan(((i * length) + places[j]) * inner, inner).CopyTo(chosen.AsSpan(((i * places.Length) + j) * inner));
            }
        }
        IReadOnlyList<string>?[] names = [.. EntryNames];
        names[axis] = names[axis] is { } all ? [.. places.ToArray().Select(place => all[place])] : null;
        return new DrawsVariable(Name, EventShape.Replace(axis, places.Length), chosen, Dimensions, DType)
        {
            EntryNames = names,
            IsCircular = IsCircular,
            Part = axis == 0 ? null : Part,
        };
    }

    /// <summary>Where an entry stands.</summary>
    /// <exception cref="KeyNotFoundException">There is no such entry or axis.</exception>
    internal (int Axis, int Place) Find(string entry, string? dimension)
    {
        ArgumentNullException.ThrowIfNull(entry);
        for (int axis = 0; axis < EventShape.Rank; axis++)
        {
            int place = dimension is null || Dimensions[axis] == dimension ? EntryNames[axis]?.ToList().IndexOf(entry) ?? -1 : -1;
            if (place >= 0)
            {
                return (axis, place);
            }
        }
        IEnumerable<string> known = Dimensions.Zip(EntryNames).Where(axis => dimension is null || axis.First == dimension)
            .Select(axis => axis.Second is null ? $"those of \"{axis.First}\" have no names"
                : $"\"{axis.First}\" has {string.Join(", ", axis.Second.Take(10))}{(axis.Second.Count > 10 ? ", …" : "")}");
        string found = string.Join("; ", known), axes = $"their axes are {string.Join(", ", Dimensions)}";
        throw new KeyNotFoundException(
            $"Draws of \"{Name}\" have no entry \"{entry}\"{(dimension is null ? "" : $" along \"{dimension}\"")}: "
                + $"{(found.Length > 0 ? found : dimension is null ? "they are single numbers" : axes)}. "
                + "Names come from the model: Plate(name, entries), or eventNames of a statement.");
    }

    /// <summary>The same quantity with other draws.</summary>
    internal DrawsVariable With(double[] others) => new(Name, EventShape, others, Dimensions, DType)
    {
        EntryNames = EntryNames,
        IsCircular = IsCircular,
        Part = Part,
    };

    private static string[] DefaultDimensions(string name, int rank) =>
        [.. Enumerable.Range(0, rank).Select(axis => SiteAxes.Numbered(name, axis))];

    private IReadOnlyList<string>?[] Checked(IReadOnlyList<IReadOnlyList<string>?> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count != EventShape.Rank)
        {
            throw new ArgumentException(
                $"Draws of \"{Name}\" have {EventShape.Rank} axes, shape {EventShape}; names for the entries of {names.Count} axes were given. Give "
                    + "one list an axis, or null for an axis without names.", nameof(names));
        }
        for (int axis = 0; axis < names.Count; axis++)
        {
            if (names[axis] is { } along && (along.Count != EventShape[axis] || Language.Sites.EntryNames.Fault(along) is not null))
            {
                throw new ArgumentException(
                    $"Axis {axis} of draws of \"{Name}\" has {EventShape[axis]} entries, which need as many names, each otherwise; found "
                        + $"{along.Count}{(Language.Sites.EntryNames.Fault(along) is { } fault ? ", and " + fault : "")}.", nameof(names));
            }
        }
        return [.. names];
    }

    private string[] NameScalars()
    {
        string[] text = new string[Size];
        IReadOnlyList<string>?[] names = [.. EntryNames];
        if (Part is { } part && names[0] is null)
        {
            names[0] = [.. part.Names];
        }
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = EventShape.Rank == 0 ? Name : Name + "[" + EntryIndex.Text(EventShape, i, 0, ',', names) + "]";
        }
        return text;
    }
}
