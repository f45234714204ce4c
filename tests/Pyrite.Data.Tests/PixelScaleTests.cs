namespace Pyrite;

public sealed class PixelScaleTests
{
    [Fact]
    public void Every_byte_becomes_the_float_nearest_to_it_over_255()
    {
        byte[] pixels = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        float[] scaled = new float[256];
        PixelScale.Apply(pixels, scaled);
        for (int value = 0; value < 256; value++)
        {
            Assert.Equal(BitConverter.SingleToInt32Bits(value / 255f), BitConverter.SingleToInt32Bits(scaled[value]));
            Assert.Equal((float)(value / 255m), scaled[value]);
        }
        Assert.Equal(126, Enumerable.Range(0, 256).Count(value => value * (1 / 255f) != value / 255f));
    }

    [Fact]
    public void A_destination_that_is_too_short_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PixelScale.Apply(new byte[3], new float[2]));
}
