// The library behind listener.cc, compiled once and apart from it.
#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
