using Pyrite.Kernels.Memory;

namespace Pyrite.Programs;

/// <summary>Where results of a step shall be put that somebody wants in memory of his own.</summary>
internal sealed class OutputPlaces
{
    private readonly Dictionary<int, (Storage Block, int Offset)> places = [];

    /// <summary>Begins a step.</summary>
    public void Clear() => places.Clear();

    /// <summary>Says where a result shall be put that no program has computed yet.</summary>
    public void Add(int index, Storage block, int offset) => places[index] = (block, offset);

    /// <summary>Gives a result the memory that was chosen for it; false where none was.</summary>
    public bool TryPlace(int index, Tensor result)
    {
        bool isPlaced = places.TryGetValue(index, out (Storage Block, int Offset) place);
        if (isPlaced)
        {
            result.PointTo(place.Block, place.Offset);
        }
        return isPlaced;
    }
}
