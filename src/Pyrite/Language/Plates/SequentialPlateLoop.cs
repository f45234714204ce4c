using Pyrite.Language;
using Pyrite.Language.Plates;


namespace Pyrite;

/// <summary>A plate walked one entry after the other: the loop that <see cref="Primitives.SequentialPlate"/> gives to <c>foreach</c>.</summary>
public readonly struct SequentialPlateLoop
{
    private readonly string name;
    private readonly int size;
    private readonly int? subsampleSize;
    private readonly Tensor? indices;

    internal SequentialPlateLoop(string name, int size, int? subsampleSize, Tensor? indices)
    {
        this.name = name;
        this.size = size;
        this.subsampleSize = subsampleSize;
        this.indices = indices;
    }

    /// <summary>Starts the loop.</summary>
    /// <exception cref="ModelException">The sizes are impossible, or a plate of this name is open.</exception>
    public Enumerator GetEnumerator() => new(PlateOpening.Choose(name, size, subsampleSize, indices));

    /// <summary>One round after the other, each inside a scope of its own.</summary>
    public ref struct Enumerator
    {
        private readonly PlateSite site;
        private readonly long[]? present;
        private HandlerScope scope;
        private int round = -1;

        internal Enumerator(PlateSite site)
        {
            this.site = site;
            present = site.HasValue ? site.Value.ToArray<long>() : null;
        }

        /// <summary>The index of the present entry.</summary>
        public int Current { get; private set; }

        /// <summary>Ends the present round and starts the next, if there is one.</summary>
        public bool MoveNext()
        {
            scope.Dispose();
            scope = default;
            if (++round >= site.SubsampleSize)
            {
                return false;
            }
            Current = present is null ? round : (int)present[round];
            scope = HandlerStack.Push(new PlateHandler(new PlateFrame(site.Name, 0, site.Size, site.SubsampleSize, Current), site));
            return true;
        }

        /// <summary>Ends the present round.</summary>
        public void Dispose() => scope.Dispose();
    }
}
