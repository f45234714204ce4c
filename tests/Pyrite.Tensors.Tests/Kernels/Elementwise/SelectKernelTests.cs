using Pyrite.Kernels.Elementwise;

namespace Pyrite.Kernels;

public sealed class SelectKernelTests
{
    [Fact]
    public void Every_length_and_kind_of_operand_matches_a_plain_loop()
    {
        for (int length = 0; length < 200; length++)
        {
            bool[] condition = [.. Enumerable.Range(0, length).Select(i => ((i * i) + (i / 3)) % 3 == 0)];
            foreach (bool isLeftSingle in (bool[])[false, true])
            {
                foreach (bool isRightSingle in (bool[])[false, true])
                {
                    Check(condition, isLeftSingle ? 1 : length, isRightSingle ? 1 : length);
                }
            }
        }
    }

    private static void Check(bool[] condition, int leftCount, int rightCount)
    {
        ulong[] a = [.. Enumerable.Range(0, leftCount).Select(i => (ulong)i + (1UL << 40))];
        ulong[] b = [.. Enumerable.Range(0, rightCount).Select(i => (ulong)i + (1UL << 50))];
        ulong[] want = new ulong[condition.Length];
        for (int i = 0; i < want.Length; i++)
        {
            want[i] = condition[i] ? a[leftCount == 1 ? 0 : i] : b[rightCount == 1 ? 0 : i];
        }
        ulong[] wide = new ulong[want.Length];
        SelectKernel.Select64(condition, a, b, wide);
        Assert.Equal(want, wide);
        uint[] half = new uint[want.Length];
        SelectKernel.Select32(condition, Array.ConvertAll(a, x => (uint)(x ^ (x >> 32))), Array.ConvertAll(b, x => (uint)(x ^ (x >> 32))), half);
        Assert.Equal(Array.ConvertAll(want, x => (uint)(x ^ (x >> 32))), half);
        byte[] bytes = new byte[want.Length];
        SelectKernel.Select8(condition, Array.ConvertAll(a, x => (byte)x), Array.ConvertAll(b, x => (byte)(x ^ 0x80)), bytes);
        Assert.Equal([.. want.Select(x => (byte)(x >= 1UL << 50 ? x ^ 0x80 : x))], bytes);
    }
}
