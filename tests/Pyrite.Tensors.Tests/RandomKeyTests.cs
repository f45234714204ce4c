namespace Pyrite.Tests;

public class RandomKeyTests
{
    private static readonly RandomKey Root = RandomKey.FromSeed(0);

    [Fact]
    public void Derivations_never_change()
    {
        // Written down once: a change here changes every result that users have stored.
        Assert.Equal(new RandomKey(11007291569910250088, 8725912998050863675), Root);
        Assert.Equal(new RandomKey(2197373064742381233, 3588726243331226378), Root.Child("latent"));
        Assert.Equal(new RandomKey(12913179281048886009, 5304956736678916942), Root.Child(-3));
    }

    [Fact]
    public void The_same_seed_name_and_index_give_the_same_key()
    {
        Assert.Equal(RandomKey.FromSeed(7).Child("latent").Child(3), RandomKey.FromSeed(7).Child("latent").Child(3));
        Assert.Equal(Root.Child("latent"), Root.Child("latent".AsSpan()));
    }

    [Fact]
    public void A_key_can_be_rebuilt_from_its_two_words()
    {
        RandomKey key = Root.Child("chain");
        Assert.Equal(key.Child(1), new RandomKey(key.Key, key.Stream).Child(1));
    }

    [Fact]
    public void Children_by_index_name_seed_and_depth_are_all_different()
    {
        var seen = new HashSet<RandomKey>();
        int made = 0;
        void Add(RandomKey key)
        {
            made++;
            seen.Add(key);
        }
        for (int i = -20_000; i < 20_000; i++)
        {
            Add(Root.Child(i));
            Add(Root.Child(i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            Add(RandomKey.FromSeed((ulong)i));
            Add(Root.Child(i).Child(0));
            Add(Root.Child(0).Child("x").Child(i));
        }
        Add(Root.Child(""));
        Add(Root.Child("a").Child("b"));
        Add(Root.Child("b").Child("a"));
        Add(Root.Child("ab"));
        Add(Root.Child(long.MaxValue));
        Add(Root.Child(long.MinValue));

        Assert.Equal(made, seen.Count);
    }

    [Fact]
    public void A_missing_name_is_refused() => Assert.Throws<ArgumentNullException>(() => Root.Child((string)null!));
}
