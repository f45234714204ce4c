namespace Pyrite;

/// <summary>Uniform numbers one after the other, for methods that need an unknown number of them.</summary>
/// <param name="key">Determines all of them.</param>
public struct UniformStream(RandomKey key)
{
    private const int Block = 4;

    private Buffer buffer;
    private int position = Block;
    private long block;

    /// <summary>The next number of the open interval (0, 1).</summary>
    public double Next()
    {
        if (position == Block)
        {
            key.FillUniform(buffer[..], block);
            block += Block;
            position = 0;
        }
        return buffer[position++];
    }

    [System.Runtime.CompilerServices.InlineArray(Block)]
    private struct Buffer
    {
        private double first;
    }
}
