namespace Pyrite.Handlers;

/// <summary>Gives each open plate a batch dimension of its own.</summary>
internal static class PlateDimension
{
    /// <summary>The wanted dimension if it is free, else the rightmost free one.</summary>
    public static int Choose(string name, int? wanted)
    {
        if (wanted >= 0)
        {
            throw new ModelException(name, $"a plate's dimension counts from the right and is negative; found {wanted}. Use -1 for the last batch dimension.");
        }
        int free = -1;
        while (IsTaken(name, wanted ?? free, wanted is not null))
        {
            free--;
        }
        return wanted ?? free;
    }

    private static bool IsTaken(string name, int dimension, bool mustBeFree)
    {
        foreach (PlateHandler open in HandlerStack.OpenPlates)
        {
            if (open.Frame.Name == name)
            {
                throw new ModelException(name, "a plate of this name is open already. Close it first, or give the inner one another name.");
            }
            if (open.Frame.Dimension == dimension)
            {
                return !mustBeFree
                    ? true
                    : throw new ModelException(name, $"dimension {dimension} is taken by the open plate \"{open.Frame.Name}\". Choose another dimension, or leave it out.");
            }
        }
        return false;
    }
}
