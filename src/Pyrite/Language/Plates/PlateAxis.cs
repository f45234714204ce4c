using Pyrite.Language;
using Pyrite.Language.Plates;


namespace Pyrite;

/// <summary>A plate that is kept: model and guide share it, and enter it as often and in whatever combination they like.</summary>
/// <remarks>It keeps its batch dimension. Without a given one it takes, when it is first entered, the rightmost dimension that neither an open plate
/// nor a kept plate entered earlier in the same run has; give dimensions where kept plates are entered alone and together. In one run of inference,
/// and under a <see cref="SeedHandler"/> or in a trace, every entry sees the same subsample.</remarks>
public sealed class PlateAxis
{
    // 0 stands for a dimension not yet known; threads that enter first at the same time must agree.
    private int dimension;

    /// <summary>Describes the plate; nothing is opened yet.</summary>
    /// <param name="name">A name, unique among open plates.</param>
    /// <param name="size">How many independent copies there are.</param>
    /// <param name="subsampleSize">How many of them to look at in one run; all if not given.</param>
    /// <param name="dimension">The batch dimension, negative from the right.</param>
    /// <exception cref="ModelException">The sizes or the dimension are impossible.</exception>
    public PlateAxis(string name, int size, int? subsampleSize = null, int? dimension = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (dimension >= 0)
        {
            throw new ModelException(ModelError.PlateDimensionNotNegative, name,
                $"a plate's dimension counts from the right and is negative; found {dimension}. Use -1 for the last batch dimension.");
        }
        Name = name;
        Size = size;
        SubsampleSize = subsampleSize ?? size;
        PlateOpening.RequireSizes(name, size, SubsampleSize);
        this.dimension = dimension ?? 0;
    }

    /// <summary>Describes a plate whose entries have names, which draws keep; nothing is opened yet.</summary>
    /// <param name="name">A name, unique among open plates.</param>
    /// <param name="entries">What the independent copies are called, each otherwise.</param>
    /// <param name="subsampleSize">How many of them to look at in one run; all if not given.</param>
    /// <param name="dimension">The batch dimension, negative from the right.</param>
    /// <exception cref="ModelException">The sizes or the dimension are impossible, or names are empty or there twice.</exception>
    public PlateAxis(string name, IReadOnlyList<string> entries, int? subsampleSize = null, int? dimension = null)
        : this(name, entries?.Count ?? throw new ArgumentNullException(nameof(entries)), subsampleSize, dimension)
    {
        PlateOpening.RequireNames(name, entries);
        Entries = entries;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>What the entries are called; null where they have numbers only.</summary>
    public IReadOnlyList<string>? Entries { get; }

    /// <summary>How many there are in all.</summary>
    public int Size { get; }

    /// <summary>How many are present in one run.</summary>
    public int SubsampleSize { get; }

    /// <summary>The batch dimension; null until the plate is first entered, unless it was given.</summary>
    public int? Dimension => dimension == 0 ? null : dimension;

    /// <summary>The indices present in this run, Int64 [subsample size].</summary>
    /// <exception cref="ModelException">The plate is not open.</exception>
    public Tensor Indices => Opened().Value;

    /// <summary>Opens the plate; dispose the scope to close it.</summary>
    /// <param name="indices">Which entries to look at in this run, Int64 [any number]; chosen at random if not given.</param>
    /// <exception cref="ModelException">The name or the dimension is taken by an open plate, or the indices are invalid.</exception>
    public PlateScope Enter(Tensor? indices = null)
    {
        List<PlateAxis> entered = HandlerStack.EnteredAxes;
        int? known = Dimension;
        PlateScope scope = PlateOpening.Open(Name, Size, indices is null ? SubsampleSize : null, indices, known, entered, Entries);
        if (known is null)
        {
            int earlier = Interlocked.CompareExchange(ref dimension, scope.Dimension, 0);
            if (earlier != 0 && earlier != scope.Dimension)
            {
                // Another thread was first; its choice holds.
                scope.Dispose();
                return Enter(indices);
            }
        }
        if (!entered.Contains(this))
        {
            entered.Add(this);
        }
        return scope;
    }

    /// <summary>The rows of data that belong to the indices present; the plate must be open.</summary>
    /// <param name="data">An array whose <paramref name="axis"/> has the plate's size.</param>
    /// <param name="axis">Which axis to take from.</param>
    /// <returns>The data with the subsample size there; the data itself without subsampling.</returns>
    /// <exception cref="ModelException">The plate is not open, or the axis has not its size.</exception>
    public Tensor Subsample(Tensor data, int axis = 0) => PlateSubsampling.Rows(Opened(), data, axis);

    private PlateSite Opened() => HandlerStack.FindPlate(Name)?.Site
        ?? throw new ModelException(ModelError.PlateNotOpen, Name,
            "the plate is not open, so it has no subsample. Enter it first: using (rows.Enter()) { … }.");
}
