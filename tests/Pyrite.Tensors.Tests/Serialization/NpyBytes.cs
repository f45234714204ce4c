using System.Buffers.Binary;
using System.Text;

namespace Pyrite.Tests.Serialization;

/// <summary>Puts NPY files together by hand, from the description of the format in numpy.lib.format.</summary>
internal static class NpyBytes
{
    /// <summary>A file with the dictionary that NumPy writes.</summary>
    public static byte[] Make(string descr, bool isFortranOrder, string shape, byte[] data, byte version = 1) =>
        Make($"{{'descr': '{descr}', 'fortran_order': {(isFortranOrder ? "True" : "False")}, 'shape': {shape}, }}", data, version);

    /// <summary>A file with any header text, padded with blanks and a newline to a multiple of 64 bytes.</summary>
    public static byte[] Make(string header, byte[] data, byte version = 1)
    {
        int lengthBytes = version == 1 ? 2 : 4;
        int unpadded = 8 + lengthBytes + header.Length + 1;
        string padded = header + new string(' ', (64 - (unpadded % 64)) % 64) + "\n";
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, padded.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length[..lengthBytes], .. Encoding.Latin1.GetBytes(padded), .. data];
    }
}
