using System.Runtime.Intrinsics;
using Pyrite.Kernels.Random;

namespace Pyrite.Tests.Kernels;

public class PhiloxTests
{
    // The known answers for philox4x32, 10 rounds, of the Random123 distribution: counter, key, output.
    public static TheoryData<uint[], uint[], uint[]> KnownAnswers => new()
    {
        { [0, 0, 0, 0], [0, 0], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] },
        { [~0u, ~0u, ~0u, ~0u], [~0u, ~0u], [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd] },
        { [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0], [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1] },
    };

    [Theory, MemberData(nameof(KnownAnswers))]
    public void Block_gives_the_published_answers(uint[] counter, uint[] key, uint[] expected)
    {
        (ulong low, ulong high) = Philox.Block(Join(key[0], key[1]), Join(counter[2], counter[3]), Join(counter[0], counter[1]));

        Assert.Equal(expected, (uint[])[(uint)low, (uint)(low >> 32), (uint)high, (uint)(high >> 32)]);
        Assert.Equal(expected, RandomOracle.Philox(counter, key));
    }

    [Theory, MemberData(nameof(KnownAnswers))]
    public void Eight_blocks_at_once_give_the_published_answers_in_every_lane(uint[] counter, uint[] key, uint[] expected)
    {
        Philox.Words words = Philox.Eight(Join(key[0], key[1]), Join(counter[2], counter[3]), Vector512.Create(Join(counter[0], counter[1])));

        for (int lane = 0; lane < 8; lane++)
        {
            Assert.Equal(expected, (uint[])[(uint)words.Word0[lane], (uint)words.Word1[lane], (uint)words.Word2[lane], (uint)words.Word3[lane]]);
        }
    }

    private static ulong Join(uint low, uint high) => low | ((ulong)high << 32);
}
