namespace Pyrite;

/// <summary>Uniform numbers of a transition, as many as it needs.</summary>
public sealed class UniformDraws
{
    private readonly double[] buffer = new double[16];
    private RandomKey key;
    private int used;
    private int fills;

    /// <summary>Begins a transition.</summary>
    /// <param name="transition">Its source of randomness.</param>
    public void Restart(RandomKey transition)
    {
        key = transition;
        used = buffer.Length;
        fills = 0;
    }

    /// <summary>The next number, between 0 and 1.</summary>
    public double Next()
    {
        if (used == buffer.Length)
        {
            key.Child(fills++).FillUniform(buffer);
            used = 0;
        }
        return buffer[used++];
    }
}
